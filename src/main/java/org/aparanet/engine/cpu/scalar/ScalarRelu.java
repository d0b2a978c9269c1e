package org.aparanet.engine.cpu.scalar;

import org.aparanet.engine.cpu.vector.PlaneOperations;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * A ReLU in plain Java: in place, unless another layer needs the input as it was. No other layer's
 * backward pass needs to know its own output.
 */
final class ScalarRelu extends ScalarLayer {
  private final PlaneOperations planes;

  ScalarRelu(Node node, ScalarLayers layers) {
    super(node, layers);
    planes = layers.planes();
  }

  @Override
  void forward(float[] parameters) {
    if (inPlace()) {
      clearNegative(outputs(), output);
      return;
    }
    for (int row = 0; row < slice.images(); row++) {
      planes.copy(in(row), input, out(row), output, true);
    }
  }

  private static void clearNegative(int count, float[] values) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  @Override
  void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate) {
    if (inPlace()) {
      clearGradient(outputs(), output, dOutput);
    } else if (passesBack) {
      for (int row = 0; row < slice.images(); row++) {
        planes.reluBackward(out(row), output, out(row), dOutput, in(row), dInput);
      }
    }
    slice.lap(node, Direction.BACKWARD);
  }

  private static void clearGradient(int count, float[] output, float[] gradient) {
    for (int i = 0; i < count; i++) {
      gradient[i] = output[i] > 0f ? gradient[i] : 0f;
    }
  }
}
