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
        int top = y * layer.stride() - layer.padding();
        int firstRow = Math.max(top, 0);
        int rows = Math.min(top + layer.size(), in.height()) - firstRow;
        int corner = plane * in.plane() + firstRow * in.width();
        for (int x = 0; x < out.width(); x++) {
          int left = x * layer.stride() - layer.padding();
          int firstColumn = Math.max(left, 0);
          int columns = Math.min(left + layer.size(), in.width()) - firstColumn;
          int best = firstMaximum(input, corner + firstColumn, rows, columns, in.width());
          output[target] = input[best];
          argmax[target++] = best;
        }
      }
    }
  }

  /** Index of the first maximum of a window in row-major order. */
  private static int firstMaximum(float[] input, int corner, int rows, int columns, int width) {
    int best = corner;
    float maximum = input[corner];
    for (int row = corner; row < corner + rows * width; row += width) {
      for (int i = row; i < row + columns; i++) {
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
