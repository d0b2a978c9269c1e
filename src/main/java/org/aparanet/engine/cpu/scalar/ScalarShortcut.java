package org.aparanet.engine.cpu.scalar;

import java.util.Arrays;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * Shortcut in plain Java. Its output is the array that it leads back to, whose first reader keeps
 * its gradient. Of its input only the residual sum has a gradient, which was kept before.
 */
final class ScalarShortcut extends ScalarLayer {
  private final ScalarLayer start; // of the first branch

  /**
   * @param start first layer of the first branch
   */
  ScalarShortcut(Node node, ScalarLayer start, ScalarLayers layers) {
    super(node, start.input, layers);
    this.start = start;
  }

  @Override
  void forward(float[] parameters) {}

  @Override
  void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate) {
    if (!passesBack) {
      return;
    }
    start.keepSkipped(dOutput);
    Arrays.fill(dInput, 0, inputs(), 0f);
    slice.lap(node, Direction.BACKWARD);
  }
}
