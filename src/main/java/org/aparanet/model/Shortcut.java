package org.aparanet.model;

/**
 * Beginning of a residual sum's second branch, which leads from the sum's input around the first
 * branch, in most cases through a projection to another shape (He et al., 2015, "Deep residual
 * learning for image recognition", arXiv:1512.03385, section 3.3, option B).
 *
 * <pre>
 * output = what the first of the {@code layers} layers before this one takes
 * </pre>
 *
 * <p>What it is given, the first branch's output, waits for the {@link ResidualAdd} that begins
 * here. In a network's text both branches stand in brackets: {@code [conv 64 3 stride 2 pad 1 relu,
 * conv 64 3 same | conv 64 1 stride 2]}.
 *
 * @param layers how many layers before this one make up the first branch, at least 1
 */
public record Shortcut(int layers) implements Layer {

  /**
   * Checks the values.
   *
   * @param layers how many layers before this one make up the first branch, at least 1
   * @throws IllegalArgumentException if there is less than one layer
   */
  public Shortcut {
    if (layers < 1) {
      throw new IllegalArgumentException(
          "a residual sum's first branch has " + layers + " layers; it needs at least 1");
    }
  }

  /**
   * {@return the index of the first branch's first layer, whose input the second branch takes}
   *
   * @param index of the shortcut itself
   */
  public int start(int index) {
    return index - layers;
  }

  /** The shape is that of an input which only the {@link Network} knows. */
  @Override
  public Shape output(Shape input) {
    throw new IllegalArgumentException("a shortcut has no output without the layers before it");
  }

  @Override
  public String text() {
    return "|";
  }

  @Override
  public String label() {
    return "| shortcut";
  }

  @Override
  public boolean mayFollowDense() {
    return false;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.shortcut(node, this);
  }
}
