package org.aparanet.engine.cpu.lane;

import java.util.List;
import org.aparanet.engine.cpu.vector.Winograd;
import org.aparanet.engine.cpu.vector.WinogradGradient;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/** Convolution of 3x3 filters by {@link Winograd} with images in the lanes. */
final class LaneWinogradConvolution extends LaneConvolution {
  private final Winograd[] forward; // by part, with scratch of its own
  private final Winograd[] inputGradient; // by part; null where no layer needs it
  private final WinogradGradient[] filterGradient; // by part; null where it has no output
  private final FilterPanels panels;

  LaneWinogradConvolution(Node node, Convolution layer, LaneLayers layers) {
    super(node, layer, layers);
    int floats = Winograd.scratch(node, layer, lanes);
    int scratch = layers.memory().scratch(floats, parts);
    forward = new Winograd[parts];
    inputGradient = passesBack ? new Winograd[parts] : null;
    filterGradient = new WinogradGradient[parts];
    for (int i = 0; i < parts; i++) {
      int own = scratch + i * floats;
      forward[i] = Winograd.forward(node, layer, in, out, own);
      if (passesBack) {
        inputGradient[i] = Winograd.backward(node, layer, dOut, dIn, own);
      }
      filterGradient[i] = filterGradient(i);
    }
    panels =
        new FilterPanels(
            forward[0].products(),
            passesBack ? inputGradient[0].products() : List.of(),
            true,
            node.tensors().get(0));
  }

  /** Gradient of the filters of a part's outputs. */
  private WinogradGradient filterGradient(int part) {
    int from = firstOutput(part);
    int to = firstOutput(part + 1);
    int weight = outputs.weight() + from * outputs.weightStride();
    return from == to ? null : WinogradGradient.of(forward[part], dOut.channels(from, to), weight);
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
  void forward(LaneSlice s, LanePart p, float[] parameters) {
    correlate(s, p, forward[p.index], panels.forward(), parameters, relu);
  }

  @Override
  void backwardParameters(LaneSlice s, LanePart p, float[] gradient, boolean accumulate) {
    WinogradGradient filters = filterGradient[p.index];
    if (filters != null) {
      p.transforms.filterGradient(filters, s.memory, p.filterScratch, gradient, accumulate);
    }
    biasGradient(s, p, gradient, accumulate);
  }

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {
    correlate(s, p, inputGradient[p.index], panels.backward(), parameters, false);
  }

  private static void correlate(
      LaneSlice s, LanePart p, Winograd w, float[][] filters, float[] parameters, boolean relu) {
    int tiles = w.in().length;
    int end = p.to(tiles, Winograd.BLOCK);
    for (int first = p.from(tiles, Winograd.BLOCK); first < end; first += Winograd.BLOCK) {
      p.transforms.transformPatches(w, first, s.memory);
      p.transforms.multiply(w, filters, s.memory);
      p.transforms.transformSums(w, first, parameters, s.memory, relu);
    }
  }
}
