package org.aparanet.engine.cpu.scalar;

import java.util.Arrays;
import org.aparanet.engine.cpu.slice.Slice;
import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.model.Network.Node;

/**
 * Layer in plain Java on tensors [images, C, H, W]: its activations, its forward pass and its
 * backward pass. Used by one thread.
 */
abstract class ScalarLayer {
  final Node node;
  final Slice slice;

  /** Input [images, C, H, W]. */
  final float[] input;

  /** Output [images, C, H, W]; the input itself where the layer works in place. */
  final float[] output;

  /** Whether the backward pass continues to the layer before. */
  final boolean passesBack;

  /** Gradients from other layers that also take the input, added up; null where there are none. */
  private final float[] skipped;

  ScalarLayer(Node node, ScalarLayers layers) {
    this(
        node,
        layers.fusion().inPlace(node)
            ? layers.lastOutput()
            : new float[layers.largestSlice() * node.output().size()],
        layers);
  }

  /**
   * @param output the layer's output, or what stands for it
   */
  ScalarLayer(Node node, float[] output, ScalarLayers layers) {
    this.node = node;
    slice = layers.slice();
    input = layers.lastOutput();
    this.output = output;
    passesBack = node.index() > layers.network().firstLearning();
    boolean branches = !layers.network().branchesFrom(node.index()).isEmpty();
    skipped = branches && passesBack ? new float[input.length] : null;
  }

  /**
   * Forward pass: the output from the input.
   *
   * @param parameters of all layers
   */
  abstract void forward(float[] parameters);

  /**
   * Backward pass: gradients of the input and of the layer's parameters from that of the output.
   * Every implementation books its own time.
   *
   * @param parameters of all layers
   * @param dOutput gradient of the output
   * @param dInput receives the gradient of the input, where the backward pass continues
   * @param gradient of all parameters
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  abstract void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate);

  /** Whether the backward pass works in place. */
  final boolean inPlace() {
    return input == output;
  }

  /** Floats of the input in this slice. */
  final int inputs() {
    return slice.images() * node.input().size();
  }

  /** Floats of the output in this slice. */
  final int outputs() {
    return slice.images() * node.output().size();
  }

  /** Layout of the input of image {@code row} of the slice. */
  final LaneLayout in(int row) {
    return new LaneLayout(node.input(), 0, 1, row * node.input().size(), 1, false);
  }

  /** Layout of the output of image {@code row} of the slice. */
  final LaneLayout out(int row) {
    return new LaneLayout(node.output(), 0, 1, row * node.output().size(), 1, false);
  }

  /** Keeps a gradient of this layer's input that comes from another layer which also takes it. */
  final void keepSkipped(float[] dSum) {
    if (skipped != null) {
      add(inputs(), skipped, dSum);
    }
  }

  /** Adds the kept gradient to that of the input. */
  final void addSkipped(float[] dInput) {
    if (skipped != null) {
      add(inputs(), dInput, skipped);
      Arrays.fill(skipped, 0f);
    }
  }

  private static void add(int count, float[] sum, float[] addend) {
    for (int i = 0; i < count; i++) {
      sum[i] += addend[i];
    }
  }
}
