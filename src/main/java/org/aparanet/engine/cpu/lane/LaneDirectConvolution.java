package org.aparanet.engine.cpu.lane;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.engine.cpu.vector.Correlation;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.engine.cpu.vector.PatchGradient;
import org.aparanet.engine.cpu.vector.Pooling;
import org.aparanet.model.Convolution;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;

/**
 * Convolution as sums of products with images in the lanes. A max-pool of two by two behind it is
 * fused: a window's four outputs stay in the first-level cache, and only their maximum is kept.
 */
final class LaneDirectConvolution extends LaneConvolution {
  private static final int POSITIONS_OF_A_TILE = 4;
  private static final int OUTPUTS_OF_A_TILE = 3;

  private final List<Correlation> inputGradient; // in parts; empty where no layer needs it
  private final FilterPanels panels;
  private final FusedPool fused; // null where no max-pool is fused
  private final boolean patches; // whether the gradient of the filters is a product of matrices
  private final PatchGradient[] filterGradient; // by part; null where it has no part in that

  /**
   * Max-pool that is fused into its convolution.
   *
   * @param node of the pool
   * @param windows the convolution's positions four by four, as they form windows; by part, with
   *     scratch of its own
   * @param pooling where the maxima go
   */
  private record FusedPool(Node node, Correlation[] windows, Pooling pooling) {}

  LaneDirectConvolution(Node node, Convolution layer, LaneLayers layers) {
    super(node, layer, layers);
    inputGradient = passesBack ? Correlation.backwardParts(node, layer, dOut, dIn) : List.of();
    panels = new FilterPanels(List.of(outputs), inputGradient, false, node.tensors().get(0));
    Node pool = layers.fusion().poolOfFour(node);
    fused = pool == null ? null : fused(pool, (MaxPool) pool.layer(), layers.memory());
    patches = !poolsGradient() && PatchGradient.suits(node, layer);
    filterGradient = new PatchGradient[parts];
    if (patches) {
      Arrays.setAll(filterGradient, this::filterGradient);
    }
  }

  /** Gradient of a part's filters: of blocks of outputs, or, where these are few, of some taps. */
  private PatchGradient filterGradient(int part) {
    int blocks = blocksOfOutputs();
    int shares = parts / blocks; // of a block's taps
    if (shares <= 1) {
      return filterGradient(outputs, firstOutput(part), firstOutput(part + 1));
    }
    int block = part / shares;
    int taps = outputs.tap().length;
    int firstTap = taps * (part % shares) / shares;
    int endTap = taps * (part % shares + 1) / shares;
    Correlation some = outputs.with(IntStream.range(firstTap, endTap).toArray());
    int end = Math.min(outputs.outputs(), (block + 1) * blockOfOutputs());
    return block < blocks ? filterGradient(some, block * blockOfOutputs(), end) : null;
  }

  private PatchGradient filterGradient(Correlation some, int from, int to) {
    return from == to ? null : PatchGradient.of(some, gradients, dOut, from, to);
  }

  /** Fused max-pool, whose windows write their outputs to the same scratch of a part. */
  private FusedPool fused(Node pool, MaxPool layer, LaneMemory memory) {
    int floats = Math.multiplyExact(node.output().channels(), 4 * lanes);
    int scratch = memory.scratch(floats, parts);
    int[] positions = new int[4 * pool.output().plane()];
    for (int i = 0; i < positions.length; i++) {
      int y = i / 4 / pool.output().width() * layer.stride() + i % 4 / 2;
      int x = i / 4 % pool.output().width() * layer.stride() + i % 2;
      positions[i] = y * node.output().width() + x;
    }
    Correlation inWindows = outputs.at(positions);
    Correlation[] windows = new Correlation[parts];
    for (int part = 0; part < parts; part++) {
      int own = scratch + part * floats;
      int[] places = new int[positions.length];
      Arrays.setAll(places, i -> own + i % 4 * lanes);
      windows[part] = inWindows.into(places, 4 * lanes);
    }
    return new FusedPool(pool, windows, LaneMaxPool.pooling(pool, layer, memory));
  }

  @Override
  FilterPanels panels() {
    return panels;
  }

  @Override
  int filterScratch(int part) {
    return filterGradient[part] == null ? 0 : filterGradient[part].scratch(lanes);
  }

  @Override
  int packedGradients() {
    if (patches) {
      return 0;
    }
    Correlation correlation = poolsGradient() ? fused.windows[0] : outputs;
    return LaneSupport.operations().gradientScratch(correlation, poolsGradient());
  }

  @Override
  Node pool() {
    return fused == null ? null : fused.node;
  }

  @Override
  void forward(LaneSlice s, LanePart p, float[] parameters) {
    float[] filters = panels.forward()[0];
    if (fused == null) {
      correlate(outputs, s, p, filters, relu);
      return;
    }
    int from = p.from(fused.pooling.in().length);
    int to = p.to(fused.pooling.in().length);
    if (s.inference()) {
      p.operations.correlateAndTakeMaxima(
          fused.windows[p.index], fused.pooling, from, to, filters, s.memory);
    } else {
      float[] argmax = s.kept(fused.node);
      p.operations.correlateAndPool(
          fused.windows[p.index], fused.pooling, from, to, filters, s.memory, argmax);
    }
  }

  private static void correlate(
      Correlation c, LaneSlice s, LanePart p, float[] filters, boolean relu) {
    int positions = c.in().length;
    int from = p.from(positions, POSITIONS_OF_A_TILE);
    int to = p.to(positions, POSITIONS_OF_A_TILE);
    p.operations.correlate(c, from, to, filters, s.memory, relu);
  }

  @Override
  void backwardParameters(LaneSlice s, LanePart p, float[] gradient, boolean accumulate) {
    if (patches) {
      multiplyPatches(s, p, gradient, accumulate);
      return;
    }
    int from = p.from(outputs.outputs(), OUTPUTS_OF_A_TILE);
    int to = p.to(outputs.outputs(), OUTPUTS_OF_A_TILE);
    if (poolsGradient()) {
      float[] argmax = s.kept(fused.node);
      p.operations.correlateAndPoolGradient(
          fused.windows[p.index], fused.pooling, from, to, s.memory, argmax, gradient, accumulate);
    } else {
      int stride = dOut.planeStride();
      p.operations.correlateGradient(
          outputs, gradients, stride, from, to, s.memory, s.memory, gradient, accumulate);
    }
  }

  private void multiplyPatches(LaneSlice s, LanePart p, float[] gradient, boolean accumulate) {
    PatchGradient filters = filterGradient[p.index];
    if (filters != null) {
      p.operations.patchGradient(filters, s.memory, p.filterScratch, gradient, accumulate);
    }
    biasGradient(s, p, gradient, accumulate);
  }

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {
    float[][] filters = panels.backward();
    for (int i = 0; i < filters.length; i++) {
      correlate(inputGradient.get(i), s, p, filters[i], false);
    }
  }
}
