package org.aparanet.report.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.model.Convolution;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;

/**
 * The filters of a network's first convolution, each scaled to its own largest absolute weight.
 *
 * @param layer the convolution as text
 * @param channels channels of its input
 * @param of how many filters it has
 * @param filters the first of them
 */
record FirstFilters(String layer, int channels, int of, List<Filter> filters) {

  /** More of them tell nothing new. */
  static final int MOST = 64;

  /** Neither blue nor red: a weight of zero. */
  private static final int[] ZERO = {0xF7, 0xF7, 0xF7};

  private static final int[] NEGATIVE = {0x21, 0x66, 0xAC};
  private static final int[] POSITIVE = {0xB2, 0x18, 0x2B};

  /**
   * A filter.
   *
   * @param number its number in its layer, from 0
   * @param least its smallest weight
   * @param most its largest weight
   * @param picture of three input channels the weights as red, green and blue around a grey zero;
   *     otherwise those of the first input channel from blue, negative, to red, positive
   */
  record Filter(int number, float least, float most, Thumbnail picture) {}

  /** The filters of a model; empty if it has no convolution, or its filters are too large. */
  static Optional<FirstFilters> of(Model model) {
    for (Network.Node node : model.network().nodes()) {
      if (node.layer() instanceof Convolution convolution) {
        boolean small =
            Math.max(convolution.filterHeight(), convolution.filterWidth())
                <= Thumbnail.LARGEST_SIDE;
        return small ? Optional.of(of(node, convolution, model.parameters())) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static FirstFilters of(Network.Node node, Convolution convolution, float[] parameters) {
    int channels = node.input().channels();
    Shape shape = new Shape(channels, convolution.filterHeight(), convolution.filterWidth());
    int offset = node.tensors().get(0).offset(); // weights [F, C, h, w]
    List<Filter> filters = new ArrayList<>();
    for (int f = 0; f < Math.min(MOST, convolution.filters()); f++) {
      filters.add(filter(f, shape, parameters, offset + f * shape.size()));
    }
    return new FirstFilters(convolution.text(), channels, convolution.filters(), filters);
  }

  private static Filter filter(int number, Shape shape, float[] parameters, int offset) {
    int shown = shape.channels() == 3 ? shape.size() : shape.plane();
    float least = parameters[offset];
    float most = parameters[offset];
    for (int i = 1; i < shown; i++) {
      least = Math.min(least, parameters[offset + i]);
      most = Math.max(most, parameters[offset + i]);
    }
    float scale = Math.max(Math.abs(least), Math.abs(most));
    int plane = shape.plane();
    byte[] pixels = new byte[3 * plane];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < plane; i++) {
        float weight = parameters[offset + (shape.channels() == 3 ? c * plane + i : i)];
        float share = scale == 0 ? 0 : weight / scale;
        pixels[c * plane + i] =
            (byte) Math.round(shape.channels() == 3 ? 127.5f + 127.5f * share : shade(share, c));
      }
    }
    return new Filter(
        number, least, most, new Thumbnail(new Shape(3, shape.height(), shape.width()), pixels));
  }

  /** From blue, -1, over nearly white, 0, to red, 1. */
  private static float shade(float share, int channel) {
    int end = (share < 0 ? NEGATIVE : POSITIVE)[channel];
    return ZERO[channel] + Math.abs(share) * (end - ZERO[channel]);
  }
}
