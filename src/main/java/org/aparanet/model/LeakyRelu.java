package org.aparanet.model;

/**
 * Leaky rectified linear unit (Maas et al., 2013, "Rectifier nonlinearities improve neural network
 * acoustic models"): x where x is positive, else slope * x, of every element. Its gradient at 0 is
 * the slope.
 *
 * @param slope factor of numbers that are not positive, 0 to below 1
 */
public record LeakyRelu(float slope) implements Layer {

  /**
   * Checks the values.
   *
   * @param slope factor of numbers that are not positive, 0 to below 1
   * @throws IllegalArgumentException if the slope is out of its range
   */
  public LeakyRelu {
    if (!(slope >= 0 && slope < 1)) {
      throw new IllegalArgumentException(
          "leakyrelu has slope " + slope + "; allowed is 0 to below 1");
    }
  }

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public String text() {
    return "leakyrelu " + NetworkText.fraction(slope);
  }

  @Override
  public boolean mayFollowDense() {
    return true;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.leakyRelu(node, this);
  }
}
