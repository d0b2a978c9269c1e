package org.aparanet.engine.cpu;

import java.util.List;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/**
 * What one thread needs for a network's convolutions: all filters as the tiles of {@link
 * LaneOperations} read them, direct or transformed by {@link Winograd}.
 */
final class ConvolutionWorkspace {
  private final LanePlan plan;
  private final LaneOperations operations;
  private final PatchTransforms transforms;
  private final float[][][] forward; // by node: panels of its table, or of Winograd's products
  private final float[][][] backward; // by node: panels of its rows, or of Winograd's products
  private final int[][] dOut; // by node: where the gradients of its output lie
  private final float[] transformed; // filters of one node, [16, filters, channels]
  private final float[] scratch; // of the gradients of filters

  /**
   * @param operations of the same number of lanes as the plan
   */
  ConvolutionWorkspace(LanePlan plan, LaneOperations operations) {
    this.plan = plan;
    this.operations = operations;
    transforms = LaneSupport.patchTransforms();
    int nodes = plan.network().nodes().size();
    forward = new float[nodes][][];
    backward = new float[nodes][][];
    dOut = new int[nodes][];
    int most = 0;
    int longest = 0;
    for (Node node : plan.network().nodes()) {
      if (node.layer() instanceof Convolution) {
        forward[node.index()] = panels(forwardParts(node));
        backward[node.index()] = panels(backwardParts(node));
        dOut[node.index()] = plan.tensor(node.index() + 1).gradient().planeIndices();
        most = Math.max(most, transformedSize(node));
        WinogradGradient g = plan.winogradGradient(node);
        longest = Math.max(longest, g == null ? 0 : g.scratch(operations.lanes()));
      }
    }
    transformed = new float[most];
    scratch = new float[longest];
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
  void takeParameters(float[] parameters) {
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
      Panels.pack(parts.get(i), operations.widestPanel(), weights, bias, panels[i]);
    }
  }

  /**
   * A convolution, or with it the max-pool behind it.
   *
   * @param parameters those that were taken
   * @param argmax of the max-pool; null where none is computed with the convolution
   */
  void forward(Node node, float[] parameters, float[] memory, float[] argmax) {
    float[][] panels = forward[node.index()];
    Correlation windows = plan.windows(node);
    if (windows != null) {
      Pooling pooling = plan.pooling(plan.pool(node));
      operations.correlateAndPool(windows, pooling, panels[0], memory, argmax);
      return;
    }
    boolean relu = plan.relu(node);
    Winograd w = plan.winogradForward(node);
    if (w == null) {
      operations.correlate(plan.forward(node), panels[0], memory, relu);
    } else {
      correlate(w, panels, parameters, memory, relu);
    }
  }

  /**
   * The gradient of a convolution's input.
   *
   * @param parameters those that were taken
   */
  void backwardData(Node node, float[] parameters, float[] memory) {
    float[][] panels = backward[node.index()];
    Winograd w = plan.winogradBackward(node);
    if (w == null) {
      List<Correlation> rows = plan.backwardRows(node);
      for (int i = 0; i < panels.length; i++) {
        operations.correlate(rows.get(i), panels[i], memory, false);
      }
    } else {
      correlate(w, panels, parameters, memory, false);
    }
  }

  /**
   * The gradient of a convolution's filters and bias.
   *
   * @param argmax of the max-pool that the gradient comes through; null where it comes from the
   *     convolution's own output
   */
  void backwardFilters(
      Node node, float[] memory, float[] argmax, float[] gradient, boolean accumulate) {
    Correlation c = plan.forward(node);
    WinogradGradient g = plan.winogradGradient(node);
    int[] positions = dOut[node.index()];
    int stride = plan.tensor(node.index() + 1).gradient().planeStride();
    if (argmax != null) {
      Pooling pooling = plan.pooling(plan.pool(node));
      operations.correlateAndPoolGradient(
          plan.windows(node), pooling, memory, argmax, gradient, accumulate);
    } else if (g != null) {
      transforms.filterGradient(g, memory, scratch, gradient, accumulate);
      operations.biasGradient(c, positions, stride, memory, gradient, accumulate);
    } else {
      operations.correlateGradient(c, positions, stride, memory, memory, gradient, accumulate);
    }
  }

  private void correlate(
      Winograd w, float[][] panels, float[] parameters, float[] memory, boolean relu) {
    for (int first = 0; first < w.in().length; first += Winograd.BLOCK) {
      transforms.transformPatches(w, first, memory);
      for (int place = 0; place < Winograd.PLACES; place++) {
        operations.correlate(w.products().get(place), panels[place], memory, false);
      }
      transforms.transformSums(w, first, parameters, memory, relu);
    }
  }
}
