package org.aparanet.engine.cpu.lane;

import java.util.List;
import java.util.stream.Stream;
import org.aparanet.engine.cpu.vector.Correlation;
import org.aparanet.engine.cpu.vector.LaneOperations;
import org.aparanet.engine.cpu.vector.Panels;
import org.aparanet.engine.cpu.vector.Winograd;
import org.aparanet.model.Network.Tensor;

/**
 * Packed filters of a convolution for the tiles of {@link LaneOperations}, direct or transformed by
 * {@link Winograd}. Packed from the parameters once for a step and read by all threads.
 */
final class FilterPanels {
  private final List<Correlation> forwardParts;
  private final List<Correlation> backwardParts;
  private final boolean transforms;
  private final Tensor filters;
  private float[][] forward; // by part; null until they are allocated
  private float[][] backward; // by part

  /**
   * @param forwardParts the sums of the forward pass: one, or {@link Winograd}'s products
   * @param backwardParts the sums of the input's gradient: parts, or {@link Winograd}'s products
   * @param transforms whether they are {@link Winograd}'s
   * @param filters offsets of the filters
   */
  FilterPanels(
      List<Correlation> forwardParts,
      List<Correlation> backwardParts,
      boolean transforms,
      Tensor filters) {
    this.forwardParts = forwardParts;
    this.backwardParts = backwardParts;
    this.transforms = transforms;
    this.filters = filters;
  }

  /** Allocates the panels, unless they are there: not before a session has use for them. */
  void allocate() {
    if (forward == null) {
      forward = panels(forwardParts);
      backward = panels(backwardParts);
    }
  }

  private static float[][] panels(List<Correlation> parts) {
    return parts.stream().map(part -> new float[Panels.size(part)]).toArray(float[][]::new);
  }

  /** Floats of all panels. */
  long size() {
    return Stream.of(forwardParts, backwardParts)
        .flatMap(List::stream)
        .mapToLong(Panels::size)
        .sum();
  }

  /** Floats of the transformed filters, [16, filters, channels]; 0 where they are not. */
  int transformedSize() {
    return transforms ? Winograd.PLACES * Winograd.filterStride(filters.size() / 9) : 0;
  }

  /**
   * Packs the filters; to be called when the parameters have changed.
   *
   * @param widest outputs of the widest panel
   * @param parameters of all layers
   * @param transformed scratch of {@link #transformedSize} floats
   */
  void take(int widest, float[] parameters, float[] transformed) {
    allocate();
    float[] weights = parameters;
    if (transforms) {
      int pairs = filters.size() / 9;
      int stride = Winograd.filterStride(pairs);
      Winograd.transformFilters(pairs, parameters, filters.offset(), transformed, stride);
      weights = transformed;
    }
    pack(forwardParts, widest, weights, parameters, forward);
    pack(backwardParts, widest, weights, parameters, backward);
  }

  private static void pack(
      List<Correlation> parts, int widest, float[] weights, float[] bias, float[][] panels) {
    for (int i = 0; i < panels.length; i++) {
      Panels.pack(parts.get(i), widest, weights, bias, panels[i]);
    }
  }

  /** Panels of each part of the forward pass. */
  float[][] forward() {
    return forward;
  }

  /** Panels of each part of the input's gradient. */
  float[][] backward() {
    return backward;
  }
}
