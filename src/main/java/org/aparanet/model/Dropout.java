package org.aparanet.model;

/**
 * Dropout: in a training step each element becomes 0 with the given probability, and the others are
 * divided by what is left of 1, so that inference needs to do nothing (Srivastava et al., 2014,
 * "Dropout: a simple way to prevent neural networks from overfitting").
 *
 * <p>Which elements are dropped follows from {@link DropoutMask} alone, so that every engine drops
 * the same ones.
 *
 * @param probability of an element to be dropped, 0 to below 1
 */
public record Dropout(float probability) implements Layer {

  /**
   * Checks the values.
   *
   * @param probability of an element to be dropped, 0 to below 1
   * @throws IllegalArgumentException if the probability is out of its range
   */
  public Dropout {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "dropout has probability " + probability + "; allowed is 0 to below 1");
    }
  }

  /** {@return the scale of an element that is kept: 1 / (1 - probability)} */
  public float scale() {
    return 1f / (1f - probability);
  }

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public String text() {
    return "dropout " + NetworkText.fraction(probability);
  }

  @Override
  public boolean mayFollowDense() {
    return true;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.dropout(node, this);
  }
}
