package org.aparanet.engine.cpu;

import org.aparanet.model.Network.Node;

/** What one thread needs for the convolutions of a network that {@link Winograd} suits. */
final class WinogradWorkspace {
  private final LanePlan plan;
  private final LaneOperations operations;
  private final PatchTransforms transforms;
  private final float[][] filters; // by node: transformed, [16, filters, channels]

  /**
   * @param operations on vectors of more than one lane
   */
  WinogradWorkspace(LanePlan plan, LaneOperations operations) {
    this.plan = plan;
    this.operations = operations;
    transforms = (PatchTransforms) operations;
    filters = new float[plan.network().nodes().size()][];
    for (Node node : plan.network().nodes()) {
      Winograd forward = plan.winogradForward(node);
      if (forward != null) {
        filters[node.index()] = new float[Winograd.PLACES * forward.inputs() * forward.outputs()];
      }
    }
  }

  /** Transforms the filters of all layers; to be called when the parameters have changed. */
  void transformFilters(float[] parameters) {
    for (Node node : plan.network().nodes()) {
      float[] transformed = filters[node.index()];
      if (transformed != null) {
        Winograd.transformFilters(
            transformed.length / Winograd.PLACES,
            parameters,
            node.tensors().get(0).offset(),
            transformed);
      }
    }
  }

  /** Does what {@link LaneOperations#correlate} does with the node's forward or backward table. */
  void correlate(Winograd w, Node node, float[] parameters, float[] memory, boolean relu) {
    for (int first = 0; first < w.in().length; first += Winograd.BLOCK) {
      transforms.transformPatches(w, first, memory);
      for (Correlation product : w.products()) {
        operations.correlate(product, filters[node.index()], memory, false);
      }
      transforms.transformSums(w, first, parameters, memory, relu);
    }
  }
}
