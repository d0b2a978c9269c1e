package org.aparanet.model;

/**
 * Adds the input of the layers before it to their output (He et al., 2015, "Deep residual learning
 * for image recognition", arXiv:1512.03385).
 *
 * <pre>
 * output = input + (what the first of the {@code layers} layers before this one takes)
 * </pre>
 *
 * <p>In a network's text the layers stand in brackets: {@code [conv 64 3 same relu, conv 64 3
 * same]}. Where the first of them is a {@link Shortcut}, the sum has two branches: what the
 * shortcut takes is the output of the first one.
 *
 * @param layers how many layers before this one make up the branch, at least 1
 */
public record ResidualAdd(int layers) implements Layer {

  /**
   * Checks the values.
   *
   * @param layers how many layers before this one make up the branch, at least 1
   * @throws IllegalArgumentException if there is less than one layer
   */
  public ResidualAdd {
    if (layers < 1) {
      throw new IllegalArgumentException(
          "a residual branch has " + layers + " layers; it needs at least 1");
    }
  }

  /**
   * {@return the index of the branch's first layer, whose input is added}
   *
   * @param index of the sum itself
   */
  public int start(int index) {
    return index - layers;
  }

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public String text() {
    return "]";
  }

  @Override
  public String label() {
    return "] residual sum";
  }

  @Override
  public boolean mayFollowDense() {
    return false;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.residualAdd(node, this);
  }
}
