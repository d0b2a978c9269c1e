package org.aparanet.engine.cpu.scalar;

import java.util.Arrays;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;

/** A max-pool in plain Java. */
final class ScalarMaxPool extends ScalarLayer {
  private final MaxPool layer;
  private final int[] argmax; // [images, C, outH, outW]: index in the input of the first maximum

  ScalarMaxPool(Node node, MaxPool layer, ScalarLayers layers) {
    super(node, layers);
    this.layer = layer;
    argmax = new int[output.length];
  }

  @Override
  void forward(float[] parameters) {
    Shape in = node.input();
    Shape out = node.output();
    int target = 0;
    for (int plane = 0; plane < slice.images() * in.channels(); plane++) {
      for (int y = 0; y < out.height(); y++) {
        int corner = plane * in.plane() + y * layer.stride() * in.width();
        for (int x = 0; x < out.width(); x++) {
          int best = firstMaximum(input, corner + x * layer.stride(), layer.size(), in.width());
          output[target] = input[best];
          argmax[target++] = best;
        }
      }
    }
  }

  /** Index of the first maximum of a square window in row-major order. */
  private static int firstMaximum(float[] input, int corner, int size, int width) {
    int best = corner;
    float maximum = input[corner];
    for (int row = corner; row < corner + size * width; row += width) {
      for (int i = row; i < row + size; i++) {
        if (input[i] > maximum || input[i] != input[i]) { // a NaN must not hide
          maximum = input[i];
          best = i;
        }
      }
    }
    return best;
  }

  @Override
  void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate) {
    Arrays.fill(dInput, 0, inputs(), 0f);
    int count = outputs();
    for (int i = 0; i < count; i++) {
      dInput[argmax[i]] += dOutput[i];
    }
    slice.lap(node, Direction.BACKWARD);
  }
}
