package org.aparanet.engine.cpu.lane;

import java.util.List;
import org.aparanet.engine.LayerWork.Direction;
import org.aparanet.engine.cpu.vector.Correlation;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.cpu.vector.Pooling;
import org.aparanet.engine.cpu.vector.Winograd;
import org.aparanet.engine.cpu.vector.WinogradGradient;
import org.aparanet.model.Convolution;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;

/**
 * A convolution with images in the lanes: directly as sums of products, by {@link Winograd}, or
 * together with a max-pool of two by two, whose maxima alone are kept.
 */
final class LaneConvolution extends LaneLayer {
  private final Correlation outputs;
  private final List<Correlation> inputGradient; // in rows; empty where no layer needs it
  private final Winograd winograd; // of the outputs; null where it does not suit
  private final Winograd winogradBackward; // of the input's gradient; null likewise
  private final WinogradGradient winogradGradient; // of the filters' gradient; null likewise
  private final int[] gradients; // positions of the first channel's output gradients
  private final Node pool; // computed with this layer; null where there is none
  private final Correlation windows; // the outputs in the pool's windows; null without pool
  private final Pooling pooling; // null without pool
  private final FilterPanels panels;

  LaneConvolution(Node node, Convolution layer, LaneLayers layers) {
    super(node, layers);
    LaneMemory memory = layers.memory();
    outputs = Correlation.forward(node, layer, in, out);
    inputGradient = passesBack ? Correlation.backwardRows(node, layer, dOut, dIn) : List.of();
    gradients = dOut.planeIndices();
    boolean fewer = Winograd.suits(node, layer);
    int scratch = fewer ? memory.scratch(Winograd.scratch(node, layer, memory.lanes())) : 0;
    winograd = fewer ? Winograd.forward(node, layer, in, out, scratch) : null;
    winogradBackward =
        fewer && passesBack ? Winograd.backward(node, layer, dOut, dIn, scratch) : null;
    winogradGradient = fewer ? WinogradGradient.of(winograd, dOut, outputs.weight()) : null;
    pool = fewer ? null : layers.fusion().poolOfFour(node);
    windows = pool == null ? null : windows((MaxPool) pool.layer(), memory);
    pooling = pool == null ? null : LaneMaxPool.pooling(pool, (MaxPool) pool.layer(), memory);
    panels =
        new FilterPanels(
            fewer ? winograd.products() : List.of(outputs),
            fewer && passesBack ? winogradBackward.products() : inputGradient,
            fewer,
            node.tensors().get(0));
  }

  /**
   * The positions of the outputs in the order of the max-pool's windows: four belong together, and
   * their outputs go to a place that is used again for the next window.
   */
  private Correlation windows(MaxPool layer, LaneMemory memory) {
    int lanes = memory.lanes();
    int scratch = memory.scratch(Math.multiplyExact(node.output().channels(), 4 * lanes));
    int[] positions = new int[4 * pool.output().plane()];
    int[] places = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      int y = i / 4 / pool.output().width() * layer.stride() + i % 4 / 2;
      int x = i / 4 % pool.output().width() * layer.stride() + i % 2;
      positions[i] = y * node.output().width() + x;
      places[i] = scratch + i % 4 * lanes;
    }
    return outputs.at(positions).into(places, 4 * lanes);
  }

  /** The max-pool that is computed together with this layer; null where there is none. */
  Node pool() {
    return pool;
  }

  /**
   * Whether the gradient of the filters is computed through the pool, from the gradient of its
   * maxima: where nothing else needs the gradient of this layer's output.
   */
  boolean poolsGradient() {
    return pool != null && !passesBack;
  }

  /** The filters as the tiles read them. */
  FilterPanels panels() {
    return panels;
  }

  /** Whether the layer has a bias. */
  boolean bias() {
    return outputs.bias() >= 0;
  }

  /** Floats of scratch that the gradient of the filters needs. */
  int filterScratch(int lanes) {
    return winogradGradient == null ? 0 : winogradGradient.scratch(lanes);
  }

  @Override
  void forward(LaneSlice s, float[] parameters) {
    float[][] filters = panels.forward();
    if (pool != null) {
      s.operations.correlateAndPool(windows, pooling, filters[0], s.memory, s.kept(pool));
    } else if (winograd != null) {
      correlate(s, winograd, filters, parameters, relu);
    } else {
      s.operations.correlate(outputs, filters[0], s.memory, relu);
    }
  }

  @Override
  void backward(LaneSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    reluBackward(s);
    backwardFilters(s, gradient, accumulate);
    s.lap(node, Direction.BACKWARD_FILTER);
    if (passesBack) {
      backwardData(s, parameters);
      s.lap(node, Direction.BACKWARD_DATA);
    }
  }

  /** The gradient of the filters and of the bias. */
  void backwardFilters(LaneSlice s, float[] gradient, boolean accumulate) {
    float[] memory = s.memory;
    int stride = dOut.planeStride();
    if (poolsGradient()) {
      s.operations.correlateAndPoolGradient(
          windows, pooling, memory, s.kept(pool), gradient, accumulate);
    } else if (winogradGradient != null) {
      s.transforms.filterGradient(winogradGradient, memory, s.filterScratch, gradient, accumulate);
      s.operations.biasGradient(outputs, gradients, stride, memory, gradient, accumulate);
    } else {
      s.operations.correlateGradient(
          outputs, gradients, stride, memory, memory, gradient, accumulate);
    }
  }

  /** The gradient of the input. */
  void backwardData(LaneSlice s, float[] parameters) {
    float[][] filters = panels.backward();
    if (winogradBackward != null) {
      correlate(s, winogradBackward, filters, parameters, false);
      return;
    }
    for (int i = 0; i < filters.length; i++) {
      s.operations.correlate(inputGradient.get(i), filters[i], s.memory, false);
    }
  }

  private static void correlate(
      LaneSlice s, Winograd w, float[][] filters, float[] parameters, boolean relu) {
    for (int first = 0; first < w.in().length; first += Winograd.BLOCK) {
      s.transforms.transformPatches(w, first, s.memory);
      for (int place = 0; place < Winograd.PLACES; place++) {
        s.operations.correlate(w.products().get(place), filters[place], s.memory, false);
      }
      s.transforms.transformSums(w, first, parameters, s.memory, relu);
    }
  }
}
