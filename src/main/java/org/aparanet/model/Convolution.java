package org.aparanet.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Two-dimensional convolution (cross-correlation, as every framework calls it).
 *
 * <pre>
 * input   [N, C, H, W]
 * filters [F, C, filterHeight, filterWidth]   (OIHW)
 * bias    [F]
 * output  [N, F, (H + 2 padding - filterHeight) / stride + 1, (W + 2 padding - filterWidth) / stride + 1]
 * </pre>
 *
 * @param filters number of filters, the output's channels
 * @param filterHeight rows of a filter
 * @param filterWidth columns of a filter
 * @param stride step between two windows, in both directions
 * @param padding rows and columns of zeros around the input, on each side
 * @param bias whether a learned constant is added to each output channel
 */
public record Convolution(
    int filters, int filterHeight, int filterWidth, int stride, int padding, boolean bias)
    implements Layer {

  /**
   * Checks the values.
   *
   * @param filters number of filters, the output's channels
   * @param filterHeight rows of a filter
   * @param filterWidth columns of a filter
   * @param stride step between two windows, in both directions
   * @param padding rows and columns of zeros around the input, on each side
   * @param bias whether a learned constant is added to each output channel
   * @throws IllegalArgumentException if a size or the stride is below 1, or the padding is negative
   *     or not smaller than the filter
   */
  public Convolution {
    Window.check("conv", filterHeight, filterWidth, stride);
    if (filters < 1) {
      throw new IllegalArgumentException("conv has " + filters + " filters; it needs at least 1");
    }
    if (padding < 0 || padding >= Math.min(filterHeight, filterWidth)) {
      throw new IllegalArgumentException(
          "conv has padding "
              + padding
              + "; allowed is 0 to one less than the filter's size, here "
              + (Math.min(filterHeight, filterWidth) - 1));
    }
  }

  @Override
  public Shape output(Shape input) {
    return new Shape(
        filters,
        Window.positions("conv", "height", input.height(), filterHeight, stride, padding),
        Window.positions("conv", "width", input.width(), filterWidth, stride, padding));
  }

  @Override
  public List<ParameterShape> parameters(Shape input) {
    List<ParameterShape> shapes = new ArrayList<>();
    shapes.add(
        new ParameterShape(
            "weight", List.of(filters, input.channels(), filterHeight, filterWidth)));
    if (bias) {
      shapes.add(new ParameterShape("bias", List.of(filters)));
    }
    return shapes;
  }

  @Override
  public long multiplyAdds(Shape input) {
    return (long) output(input).size() * input.channels() * filterHeight * filterWidth;
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder("conv ").append(filters).append(' ');
    text.append(filterHeight == filterWidth ? "" + filterHeight : filterHeight + "x" + filterWidth);
    if (stride != 1) {
      text.append(" stride ").append(stride);
    }
    if (padding != 0) {
      boolean same = stride == 1 && 2 * padding + 1 == filterHeight && filterHeight == filterWidth;
      text.append(same ? " same" : " pad " + padding);
    }
    return bias ? text.toString() : text + " nobias";
  }

  @Override
  public boolean mayFollowDense() {
    return false;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.convolution(node, this);
  }
}
