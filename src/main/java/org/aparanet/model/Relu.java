package org.aparanet.model;

/** Rectified linear unit: max(0, x) of every element; its gradient at 0 is 0. */
public record Relu() implements Layer {

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public String text() {
    return "relu";
  }

  @Override
  public boolean mayFollowDense() {
    return true;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.relu(node, this);
  }
}
