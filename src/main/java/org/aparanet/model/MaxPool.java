package org.aparanet.model;

/**
 * Maximum over square windows of each channel.
 *
 * <pre>
 * input  [N, C, H, W]
 * output [N, C, (H - size) / stride + 1, (W - size) / stride + 1]
 * </pre>
 *
 * <p>Rows and columns that fill no whole window are dropped. The gradient goes to the first maximum
 * of a window in row-major order; where windows overlap, gradients add up.
 *
 * @param size rows and columns of a window
 * @param stride step between two windows, in both directions
 */
public record MaxPool(int size, int stride) implements Layer {

  /**
   * @throws IllegalArgumentException if the size or the stride is below 1
   */
  public MaxPool {
    Window.check("pool", size, size, stride);
  }

  @Override
  public Shape output(Shape input) {
    return new Shape(
        input.channels(),
        Window.positions("pool", "height", input.height(), size, stride, 0),
        Window.positions("pool", "width", input.width(), size, stride, 0));
  }

  @Override
  public String text() {
    return "pool " + size + (stride == size ? "" : " stride " + stride);
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
