package org.aparanet.engine.cpu;

import java.util.List;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/**
 * The filters of all convolutions as the tiles of {@link LaneOperations} read them, direct or
 * transformed by {@link Winograd}. Made from the parameters once for a step and read by all
 * threads.
 */
final class FilterPanels {
  private final LanePlan plan;
  private final int widest;
  private final float[][][] forward; // by node: panels of its table, or of Winograd's products
  private final float[][][] backward; // by node: panels of its rows, or of Winograd's products
  private final float[] transformed; // filters of one node, [16, filters, channels]

  /**
   * @param widest outputs of the widest panel
   */
  FilterPanels(LanePlan plan, int widest) {
    this.plan = plan;
    this.widest = widest;
    int nodes = plan.network().nodes().size();
    forward = new float[nodes][][];
    backward = new float[nodes][][];
    int most = 0;
    for (Node node : plan.network().nodes()) {
      if (node.layer() instanceof Convolution) {
        forward[node.index()] = panels(forwardParts(node));
        backward[node.index()] = panels(backwardParts(node));
        most = Math.max(most, transformedSize(node));
      }
    }
    transformed = new float[most];
  }

  private static float[][] panels(List<Correlation> parts) {
    return parts.stream().map(part -> new float[Panels.size(part)]).toArray(float[][]::new);
  }

  private int transformedSize(Node node) {
    Winograd w = plan.winogradForward(node);
    return w == null ? 0 : Winograd.PLACES * w.inputs() * w.outputs();
  }

  private List<Correlation> forwardParts(Node node) {
    Winograd w = plan.winogradForward(node);
    return w == null ? List.of(plan.forward(node)) : w.products();
  }

  private List<Correlation> backwardParts(Node node) {
    Winograd w = plan.winogradBackward(node);
    return w == null ? plan.backwardRows(node) : w.products();
  }

  /** Lays out the filters of all layers; to be called when the parameters have changed. */
  void take(float[] parameters) {
    for (Node node : plan.network().nodes()) {
      if (!(node.layer() instanceof Convolution)) {
        continue;
      }
      float[] weights = parameters;
      if (plan.winogradForward(node) != null) {
        int filters = transformedSize(node) / Winograd.PLACES;
        int at = node.tensors().get(0).offset();
        Winograd.transformFilters(filters, parameters, at, transformed);
        weights = transformed;
      }
      pack(forwardParts(node), weights, parameters, forward[node.index()]);
      pack(backwardParts(node), weights, parameters, backward[node.index()]);
    }
  }

  private void pack(List<Correlation> parts, float[] weights, float[] bias, float[][] panels) {
    for (int i = 0; i < panels.length; i++) {
      Panels.pack(parts.get(i), widest, weights, bias, panels[i]);
    }
  }

  /** Of {@link LanePlan#forward}, or of the products of {@link LanePlan#winogradForward}. */
  float[][] forward(Node node) {
    return forward[node.index()];
  }

  /** Of {@link LanePlan#backwardRows}, or of the products of {@link LanePlan#winogradBackward}. */
  float[][] backward(Node node) {
    return backward[node.index()];
  }
}
