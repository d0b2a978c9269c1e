package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.check.ReferenceOptimizer;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.model.Relu;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The optimizers' rules, with and without clipping. */
class UpdateKernelTest extends OperationKernels {
  static Stream<Arguments> optimizers() {
    float none = Float.POSITIVE_INFINITY;
    return Stream.of(
            new Optimizer(Optimizer.Rule.SGD, 0, 0, 0.1f, none),
            new Optimizer(Optimizer.Rule.MOMENTUM, 0.9f, 0, 0, 0.5f),
            new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.1f, none),
            new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.99f, 0.1f, 1000f),
            new Optimizer(Optimizer.Rule.ADAMW, 0.9f, 0.99f, 0.1f, 0.5f),
            new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.1f, 0.5f, 4, 0.5),
            new Optimizer(Optimizer.Rule.ADAMW, 0.9f, 0.99f, 0.1f, none, 0.25, 3))
        .flatMap(
            optimizer ->
                Stream.of(HostMemory.values())
                    .filter(memory -> !SIMULATED || memory == HostMemory.SEPARATE)
                    .map(memory -> Arguments.of(optimizer, memory)));
  }

  /**
   * Two layers, whose gradients come in chunks; the second is the head. The second step has
   * moments.
   */
  @ParameterizedTest
  @MethodSource("optimizers")
  void optimizer(Optimizer optimizer, HostMemory memory) {
    int count = 300;
    Case on = new Case(new Relu(), new Shape(1, 1, 1), 1, memory);
    Random random = new Random(3);
    float[] parameters = noise(random, count);
    double[] expected = IntStream.range(0, count).mapToDouble(i -> parameters[i]).toArray();
    ReferenceOptimizer reference = new ReferenceOptimizer(optimizer, count, 280);
    int[] row = new int[Pass.LENGTH];
    row[Pass.COLUMNS] = 280;
    row[Pass.CHUNKS] = 2;
    row[Pass.PARTIAL_STRIDE] = 280;
    row[Pass.CONTINUED] = 1;
    row[Pass.CLIPPED] = optimizer.clips() ? 1 : 0;
    int[] last = new int[Pass.LENGTH];
    last[Pass.WEIGHT] = 280;
    last[Pass.COLUMNS] = 20;
    last[Pass.CHUNKS] = 1;
    last[Pass.PARTIALS] = 560;
    int[] passes = IntStream.concat(Arrays.stream(row), Arrays.stream(last)).toArray();
    Map<String, Object> fields = new HashMap<>();
    fields.put("passes", passes);
    fields.put("learningRate", 0.1f);
    fields.put("headRate", optimizer.headRate(0.1f));
    fields.put("headFrom", 280);
    fields.put("momentum", optimizer.momentum());
    fields.put("beta2", optimizer.beta2());
    fields.put("weightDecay", optimizer.weightDecay());
    fields.put("headDecay", optimizer.headWeightDecay());
    fields.put("clipNorm", optimizer.clipNorm());
    fields.put("rule", UpdateRule.of(optimizer.rule()));
    float[] values = parameters;
    float[] first = new float[count];
    float[] second = new float[count];
    for (int step = 1; step <= 2; step++) {
      float[] partials = noise(random, 580);
      double[] gradient = new double[count];
      for (int i = 0; i < count; i++) {
        gradient[i] = i < 280 ? partials[i] + partials[280 + i] : partials[280 + i];
      }
      reference.step(expected, gradient, count, 0.1);
      fields.put("dParameters", new float[count]);
      if (optimizer.clips()) {
        Map<String, Object> adding = Map.of("passes", passes, "partials", partials);
        adding = with(adding, "squares", new float[ITEMS + UpdateFunctions.SQUARE_SUMS]);
        float[] gradients = run(on, GradientSquares.class, "dParameters", count, adding);
        GradientSquares added = (GradientSquares) kernels.get(GradientSquares.class);
        added.get(added.squares);
        float[] squares = run(on, SquareSums.class, "squares", added.squares.clone(), Map.of());
        fields.put("dParameters", gradients);
        fields.put("squares", squares);
      }
      fields.put("partials", partials);
      fields.put("firstMoments", first);
      fields.put("secondMoments", second);
      fields.put("firstCorrection", (float) (1 / (1 - Math.pow(optimizer.momentum(), step))));
      fields.put("secondCorrection", (float) (1 / (1 - Math.pow(optimizer.beta2(), step))));
      values = run(on, ParameterUpdate.class, "parameters", values, fields);
      ParameterUpdate kernel = (ParameterUpdate) kernels.get(ParameterUpdate.class);
      kernel.get(kernel.dParameters);
      kernel.get(kernel.firstMoments);
      kernel.get(kernel.secondMoments);
      first = kernel.firstMoments.clone();
      second = kernel.secondMoments.clone();
      for (int i = 0; i < count; i++) {
        assertEquals(gradient[i], kernel.dParameters[i], 1e-6, "gradient " + i);
        assertEquals(expected[i], values[i], 2e-6, "parameter " + i + " in step " + step);
      }
    }
  }
}
