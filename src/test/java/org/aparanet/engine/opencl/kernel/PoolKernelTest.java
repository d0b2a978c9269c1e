package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.plan.SingleRow;
import org.aparanet.model.AveragePool;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Max-pools and average pools. */
class PoolKernelTest extends OperationKernels {
  static Stream<Arguments> pools() {
    return cases(
        new MaxPool(2, 2, 0),
        new Shape(16, 26, 26),
        2,
        new MaxPool(3, 2, 0),
        new Shape(5, 11, 9),
        3,
        new MaxPool(2, 3, 0),
        new Shape(3, 10, 7),
        1,
        new MaxPool(3, 1, 0),
        new Shape(2, 5, 6),
        4,
        new MaxPool(1, 1, 0),
        new Shape(1, 3, 3),
        1,
        new MaxPool(3, 2, 1),
        new Shape(4, 11, 8),
        3,
        new MaxPool(2, 2, 1),
        new Shape(3, 5, 6),
        2,
        new MaxPool(4, 1, 2),
        new Shape(2, 2, 5),
        4,
        new MaxPool(3, 4, 1),
        new Shape(2, 6, 9),
        3,
        new MaxPool(2000, 1, 1000),
        new Shape(2, 3, 4),
        2);
  }

  @ParameterizedTest
  @MethodSource("pools")
  void maxPool(Case on) {
    Network.Node node = on.node();
    MaxPool layer = (MaxPool) node.layer();
    Shape in = node.input();
    Shape out = node.output();
    Random random = new Random(node.hashCode());
    float[] input = new float[on.batch() * in.size()];
    for (int i = 0; i < input.length; i++) {
      input[i] = random.nextInt(4) - 5; // many equal values, all below what padding might hold
    }
    float[] dOutput = noise(random, on.batch() * out.size());
    float[] output = new float[dOutput.length];
    Sums dInput = new Sums(input.length);
    for (int o = 0; o < output.length; o++) {
      int top = o % out.plane() / out.width() * layer.stride() - layer.padding();
      int left = o % out.width() * layer.stride() - layer.padding();
      int best = -1;
      for (int i = 0; i < layer.size() * layer.size(); i++) {
        int y = top + i / layer.size();
        int x = left + i % layer.size();
        if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
          int at = o / out.plane() * in.plane() + y * in.width() + x;
          best = best < 0 || input[at] > input[best] ? at : best; // the first maximum wins
        }
      }
      output[o] = input[best];
      dInput.add(best, dOutput[o]);
    }
    int[] pass = SingleRow.shapes(node);
    assertArrayEquals(
        output,
        run(
            on,
            MaxPoolForward.class,
            "output",
            output.length,
            Map.of("input", input, "passes", pass)));
    dInput.check(
        run(
            on,
            MaxPoolBackward.class,
            "dInput",
            input.length,
            Map.of("input", input, "dOutput", dOutput, "passes", pass)));
  }

  @Test
  void nanIsLargerThanAnything() {
    Case on = new Case(new MaxPool(2, 2, 0), new Shape(1, 2, 2), 1, HostMemory.SEPARATE);
    float[] output =
        run(
            on,
            MaxPoolForward.class,
            "output",
            1,
            Map.of(
                "input", new float[] {1, 2, Float.NaN, 3}, "passes", SingleRow.shapes(on.node())));
    assertArrayEquals(new float[] {Float.NaN}, output);
  }

  static Stream<Arguments> averagePools() {
    return cases(
        new AveragePool(2, 2),
        new Shape(4, 11, 10),
        2,
        new AveragePool(3, 2),
        new Shape(2, 9, 8),
        3,
        new AveragePool(2, 3),
        new Shape(3, 10, 7),
        1,
        new AveragePool(3, 1),
        new Shape(2, 5, 6),
        4,
        new GlobalAveragePool(),
        new Shape(7, 5, 3),
        3);
  }

  @ParameterizedTest
  @MethodSource("averagePools")
  void averagePool(Case on) {
    Network.Node node = on.node();
    Shape in = node.input();
    Shape out = node.output();
    int[] pass = SingleRow.shapes(node);
    pass[Pass.INPUT_RELU] = 1;
    int height = pass[Pass.WINDOW_HEIGHT];
    int width = pass[Pass.WINDOW_WIDTH];
    Random random = new Random(node.hashCode());
    float[] input = noise(random, on.batch() * in.size());
    float[] dOutput = noise(random, on.batch() * out.size());
    Sums output = new Sums(dOutput.length);
    Sums dInput = new Sums(input.length);
    for (int o = 0; o < dOutput.length; o++) {
      int corner =
          o / out.plane() * in.plane()
              + o % out.plane() / out.width() * pass[Pass.STRIDE] * in.width()
              + o % out.width() * pass[Pass.STRIDE];
      for (int i = 0; i < height * width; i++) {
        int at = corner + i / width * in.width() + i % width;
        output.add(o, (double) input[at] / (height * width));
        dInput.add(at, (double) dOutput[o] / (height * width));
      }
    }
    output.check(
        run(
            on,
            AveragePoolForward.class,
            "output",
            dOutput.length,
            Map.of("input", input, "passes", pass)));
    dInput.checkMasked(
        run(
            on,
            AveragePoolBackward.class,
            "dInput",
            input.length,
            Map.of("input", input, "dOutput", dOutput, "passes", pass)),
        input);
  }
}
