package org.aparanet.engine.cpu;

import java.util.List;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/** The convolutions of a network, for one workspace: tables, panels and scratch memory. */
final class ConvolutionWorkspace {
  private final LanePlan plan;
  private final LaneOperations operations;
  private final PatchTransforms transforms;
  private final FilterPanels panels;
  private final int[][] dOut; // by node: where the gradients of its output lie
  private final float[] scratch; // of the gradients of filters

  /**
   * @param operations of the same number of lanes as the plan
   * @param panels of the same plan
   */
  ConvolutionWorkspace(LanePlan plan, LaneOperations operations, FilterPanels panels) {
    this.plan = plan;
    this.operations = operations;
    this.panels = panels;
    transforms = LaneSupport.patchTransforms();
    dOut = new int[plan.network().nodes().size()][];
    int longest = 0;
    for (Node node : plan.network().nodes()) {
      if (node.layer() instanceof Convolution) {
        dOut[node.index()] = plan.tensor(node.index() + 1).gradient().planeIndices();
        WinogradGradient g = plan.winogradGradient(node);
        longest = Math.max(longest, g == null ? 0 : g.scratch(operations.lanes()));
      }
    }
    scratch = new float[longest];
  }

  /**
   * A convolution, or with it the max-pool behind it.
   *
   * @param parameters those of the panels
   * @param argmax of the max-pool; null where none is computed with the convolution
   */
  void forward(Node node, float[] parameters, float[] memory, float[] argmax) {
    float[][] filters = panels.forward(node);
    Correlation windows = plan.windows(node);
    if (windows != null) {
      Pooling pooling = plan.pooling(plan.pool(node));
      operations.correlateAndPool(windows, pooling, filters[0], memory, argmax);
      return;
    }
    boolean relu = plan.relu(node);
    Winograd w = plan.winogradForward(node);
    if (w == null) {
      operations.correlate(plan.forward(node), filters[0], memory, relu);
    } else {
      correlate(w, filters, parameters, memory, relu);
    }
  }

  /**
   * The gradient of a convolution's input.
   *
   * @param parameters those of the panels
   */
  void backwardData(Node node, float[] parameters, float[] memory) {
    float[][] filters = panels.backward(node);
    Winograd w = plan.winogradBackward(node);
    if (w == null) {
      List<Correlation> rows = plan.backwardRows(node);
      for (int i = 0; i < filters.length; i++) {
        operations.correlate(rows.get(i), filters[i], memory, false);
      }
    } else {
      correlate(w, filters, parameters, memory, false);
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
      Winograd w, float[][] filters, float[] parameters, float[] memory, boolean relu) {
    for (int first = 0; first < w.in().length; first += Winograd.BLOCK) {
      transforms.transformPatches(w, first, memory);
      for (int place = 0; place < Winograd.PLACES; place++) {
        operations.correlate(w.products().get(place), filters[place], memory, false);
      }
      transforms.transformSums(w, first, parameters, memory, relu);
    }
  }
}
