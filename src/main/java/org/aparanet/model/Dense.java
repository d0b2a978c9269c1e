package org.aparanet.model;

import java.util.List;

/**
 * Fully connected layer with bias; an input of several dimensions is read as one vector in CHW
 * order.
 *
 * <pre>
 * input   [N, in]      weights [out, in]      bias [out]      output [N, out]
 * </pre>
 *
 * @param outputs number of output features
 */
public record Dense(int outputs) implements Layer {

  /**
   * Checks the values.
   *
   * @param outputs number of output features
   * @throws IllegalArgumentException if there is less than one output
   */
  public Dense {
    if (outputs < 1) {
      throw new IllegalArgumentException("dense has " + outputs + " outputs; it needs at least 1");
    }
  }

  @Override
  public Shape output(Shape input) {
    return new Shape(outputs, 1, 1);
  }

  @Override
  public List<ParameterShape> parameters(Shape input) {
    return List.of(
        new ParameterShape("weight", List.of(outputs, input.size())),
        new ParameterShape("bias", List.of(outputs)));
  }

  @Override
  public long multiplyAdds(Shape input) {
    return (long) outputs * input.size();
  }

  @Override
  public String text() {
    return "dense " + outputs;
  }

  @Override
  public boolean mayFollowDense() {
    return true;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.dense(node, this);
  }
}
