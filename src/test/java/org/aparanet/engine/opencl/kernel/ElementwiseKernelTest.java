package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.plan.SingleRow;
import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.LeakyRelu;
import org.aparanet.model.Relu;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What computes each number from one or two others. */
class ElementwiseKernelTest extends OperationKernels {
  @ParameterizedTest
  @EnumSource
  void relu(HostMemory memory) {
    Case on = new Case(new Relu(), new Shape(1, 7, 1), 1, memory);
    float[] input = {-1f, -0f, 0f, 1e-30f, 2f, -Float.MAX_VALUE, Float.NaN};
    float[] dOutput = {1, 2, 3, 4, 5, 6, 7};
    int[] pass = SingleRow.shapes(on.node());
    float[] output =
        run(on, ReluForward.class, "output", 7, Map.of("input", input, "passes", pass));
    assertArrayEquals(new float[] {0, 0, 0, 1e-30f, 2, 0, Float.NaN}, output, 0f);
    assertArrayEquals(
        new float[] {0, 0, 0, 4, 5, 0, 0},
        run(
            on,
            ReluBackward.class,
            "dInput",
            7,
            Map.of("output", output, "dOutput", dOutput, "passes", pass)));
  }

  @ParameterizedTest
  @EnumSource
  void leakyRelu(HostMemory memory) {
    Case on = new Case(new LeakyRelu(0.1f), new Shape(1, 7, 1), 1, memory);
    float[] input = {-1f, -0f, 0f, 1e-30f, 2f, -1e30f, Float.NaN};
    float[] dOutput = {1, 2, 3, 4, 5, 6, 7};
    int[] pass = SingleRow.shapes(on.node());
    float[] output =
        run(on, LeakyReluForward.class, "output", 7, Map.of("input", input, "passes", pass));
    assertArrayEquals(new float[] {-0.1f, 0, 0, 1e-30f, 2, -1e29f, Float.NaN}, output, 0f);
    Map<String, Object> fields = Map.of("output", output, "dOutput", dOutput, "passes", pass);
    assertArrayEquals(
        new float[] {0.1f, 0.2f, 0.1f * 3, 4, 5, 0.1f * 6, 0.1f * 7},
        run(on, LeakyReluBackward.class, "dInput", 7, fields));
  }

  @ParameterizedTest
  @EnumSource
  void dropout(HostMemory memory) {
    Case on = new Case(new Dropout(0.3f), new Shape(2, 5, 7), 4, memory);
    Random random = new Random(7);
    float[] input = noise(random, 280);
    float[] dOutput = noise(random, 280);
    int key = DropoutMask.key(5, 6, 0);
    int[] pass = SingleRow.shapes(on.node());
    Map<String, Object> keys = Map.of("keys", new int[] {key}, "passes", pass);
    float[] output = run(on, DropoutForward.class, "output", 280, with(keys, "input", input));
    Map<String, Object> back = with(with(keys, "input", input), "dOutput", dOutput);
    back.put("passes", changed(pass, Pass.INPUT_RELU, 1));
    float[] dInput = run(on, DropoutBackward.class, "dInput", 280, back);
    int kept = 0;
    for (int i = 0; i < 280; i++) {
      float factor = DropoutMask.keeps(key, i, 0.3f) ? new Dropout(0.3f).scale() : 0;
      kept += factor > 0 ? 1 : 0;
      assertEquals(input[i] * factor, output[i], 1e-6f, "output " + i);
      assertEquals(input[i] > 0 ? dOutput[i] * factor : 0, dInput[i], 1e-6f, "gradient " + i);
    }
    assertEquals(196, kept, 25, "seven of ten");
  }

  @ParameterizedTest
  @EnumSource
  void residualSum(HostMemory memory) {
    Case on = new Case(new Relu(), new Shape(1, 3, 1), 2, memory); // a sum needs a branch
    float[] input = {1, -2, 3, -4, 5, Float.NaN};
    float[] skipped = {9, 1, 1, -5, 3, -2, 1}; // begins at 1
    int[] pass = SingleRow.shapes(on.node());
    pass[Pass.SKIPPED] = 1;
    pass[Pass.RELU] = 1;
    assertArrayEquals(
        new float[] {2, 0, 0, 0, 3, Float.NaN},
        run(
            on,
            ResidualForward.class,
            "output",
            6,
            Map.of("input", input, "skipped", skipped, "passes", pass)));
    float[] dOutput = {1, 2, 3, 4, 5, 6};
    float[] relu = {1, 0, 3, 0, 5, 0};
    int[] back = changed(pass, Pass.INPUT_RELU, 1);
    Map<String, Object> fields = Map.of("input", relu, "dOutput", dOutput, "passes", back);
    assertArrayEquals(
        new float[] {1, 0, 3, 0, 5, 0}, run(on, ResidualBackward.class, "dInput", 6, fields));
    fields = with(fields, "passes", changed(back, Pass.ADDS, 1));
    assertArrayEquals(
        new float[] {11, 0, 33, 0, 55, 0},
        run(on, ResidualBackward.class, "dInput", new float[] {10, 20, 30, 40, 50, 60}, fields));
  }

  @ParameterizedTest
  @EnumSource
  void copyFloats(HostMemory memory) {
    Case on = new Case(new Relu(), new Shape(1, 3, 1), 1, memory);
    float[] input = {9, 8, -0f, Float.NaN, 5, 4};
    Map<String, Object> fields = Map.of("input", input, "from", 2, "size", 3);
    float[] output = new float[] {1, 1, 1, 1};
    assertArrayEquals(
        new float[] {-0f, Float.NaN, 5, 1}, run(on, CopyFloats.class, "output", output, fields));
  }

  @ParameterizedTest
  @EnumSource
  void gatherImages(HostMemory memory) {
    Case on = new Case(new Relu(), new Shape(3, 1, 1), 5, memory);
    float[] normalization = {0, 1, 0.5f, 0.25f, 0.1f, 2};
    float[] output =
        run(
            on,
            GatherImages.class,
            "output",
            15,
            Map.ofEntries(
                Map.entry("size", 3),
                Map.entry("plane", 1),
                Map.entry("chunkImages", 2),
                Map.entry("images0", new byte[] {0, 1, 2, 127, (byte) 128, (byte) 255}),
                Map.entry("images1", new byte[] {6, 7, 8, 9, 10, 11}),
                Map.entry("images2", new byte[] {12, 13, 14, 15, 16, 17}),
                Map.entry("images3", new byte[] {18, 19, 20}),
                Map.entry("staged", new byte[] {30, 31, 32, 33, 34, (byte) 200}),
                Map.entry("normalization", normalization),
                Map.entry("indices", new int[] {1, 0, 6, -2, 4})));
    int[] pixels = {127, 128, 255, 0, 1, 2, 18, 19, 20, 33, 34, 200, 12, 13, 14};
    for (int i = 0; i < pixels.length; i++) {
      float mean = normalization[2 * (i % 3)];
      float deviation = normalization[2 * (i % 3) + 1];
      assertEquals((pixels[i] / 255f - mean) / deviation, output[i], 1e-6f);
    }
  }
}
