package org.aparanet.engine.cpu.lane;

import java.util.List;
import org.aparanet.engine.cpu.vector.Winograd;
import org.aparanet.engine.cpu.vector.WinogradGradient;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/** Convolution of 3x3 filters by {@link Winograd} with images in the lanes. */
final class LaneWinogradConvolution extends LaneConvolution {
  private final Winograd forward;
  private final Winograd inputGradient; // null where no layer needs it
  private final WinogradGradient filterGradient;
  private final FilterPanels panels;
  private final int lanes;

  LaneWinogradConvolution(Node node, Convolution layer, LaneLayers layers) {
    super(node, layer, layers);
    lanes = layers.memory().lanes();
    int scratch = layers.memory().scratch(Winograd.scratch(node, layer, lanes));
    forward = Winograd.forward(node, layer, in, out, scratch);
    inputGradient = passesBack ? Winograd.backward(node, layer, dOut, dIn, scratch) : null;
    filterGradient = WinogradGradient.of(forward, dOut, outputs.weight());
    panels =
        new FilterPanels(
            forward.products(),
            passesBack ? inputGradient.products() : List.of(),
            true,
            node.tensors().get(0));
  }

  @Override
  FilterPanels panels() {
    return panels;
  }

  @Override
  int filterScratch() {
    return filterGradient.scratch(lanes);
  }

  @Override
  void forward(LaneSlice s, float[] parameters) {
    correlate(s, forward, panels.forward(), parameters, relu);
  }

  @Override
  void backwardFilters(LaneSlice s, float[] gradient, boolean accumulate) {
    s.transforms.filterGradient(filterGradient, s.memory, s.filterScratch, gradient, accumulate);
    s.operations.biasGradient(
        outputs, gradients, dOut.planeStride(), s.memory, gradient, accumulate);
  }

  @Override
  void backwardData(LaneSlice s, float[] parameters) {
    correlate(s, inputGradient, panels.backward(), parameters, false);
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
