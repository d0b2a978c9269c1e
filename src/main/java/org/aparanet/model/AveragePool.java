package org.aparanet.model;

/**
 * Mean over square windows of each channel.
 *
 * <pre>
 * input  [N, C, H, W]
 * output [N, C, (H - size) / stride + 1, (W - size) / stride + 1]
 * </pre>
 *
 * <p>Rows and columns that fill no whole window are dropped. The gradient of a mean goes in equal
 * parts to all elements of its window; where windows overlap, gradients add up.
 *
 * @param size rows and columns of a window
 * @param stride step between two windows, in both directions
 */
public record AveragePool(int size, int stride) implements Layer {

  /**
   * Checks the values.
   *
   * @param size rows and columns of a window
   * @param stride step between two windows, in both directions
   * @throws IllegalArgumentException if the size or the stride is below 1
   */
  public AveragePool {
    Window.check("avgpool", size, size, stride);
  }

  @Override
  public Shape output(Shape input) {
    return new Shape(
        input.channels(),
        Window.positions("avgpool", "height", input.height(), size, stride, 0),
        Window.positions("avgpool", "width", input.width(), size, stride, 0));
  }

  @Override
  public String text() {
    return "avgpool " + size + (stride == size ? "" : " stride " + stride);
  }

  @Override
  public boolean mayFollowDense() {
    return false;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.averagePool(node, this);
  }
}
