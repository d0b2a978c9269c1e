package org.aparanet.model;

/**
 * Maximum over square windows of each channel.
 *
 * <pre>
 * input  [N, C, H, W]
 * output [N, C, (H + 2 padding - size) / stride + 1, (W + 2 padding - size) / stride + 1]
 * </pre>
 *
 * <p>Padding is smaller than any number, so that it is never the maximum. Rows and columns that
 * fill no whole window are dropped. The gradient goes to the first maximum of a window in row-major
 * order; where windows overlap, gradients add up.
 *
 * @param size rows and columns of a window
 * @param stride step between two windows, in both directions
 * @param padding rows and columns around the input, on each side; at most half of the size, so that
 *     each window has an element of the input
 */
public record MaxPool(int size, int stride, int padding) implements Layer {

  /**
   * Checks the values.
   *
   * @param size rows and columns of a window
   * @param stride step between two windows, in both directions
   * @param padding rows and columns around the input, on each side; at most half of the size, so
   *     that each window has an element of the input
   * @throws IllegalArgumentException if the size or the stride is below 1, or the padding is
   *     negative or more than half of the size
   */
  public MaxPool {
    Window.check("pool", size, size, stride);
    if (padding < 0 || padding > size / 2) {
      throw new IllegalArgumentException(
          "pool has padding "
              + padding
              + "; allowed is 0 to half of the window's size, here "
              + size / 2);
    }
  }

  @Override
  public Shape output(Shape input) {
    return new Shape(
        input.channels(),
        Window.positions("pool", "height", input.height(), size, stride, padding),
        Window.positions("pool", "width", input.width(), size, stride, padding));
  }

  @Override
  public String text() {
    return "pool "
        + size
        + (stride == size ? "" : " stride " + stride)
        + (padding == 0 ? "" : " pad " + padding);
  }

  @Override
  public boolean mayFollowDense() {
    return false;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.maxPool(node, this);
  }
}
