package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.aparanet.engine.opencl.plan.SingleRow;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch normalisation: statistics, outputs, gradients, and running statistics. */
class BatchNormKernelTest extends OperationKernels {
  static Stream<Arguments> norms() {
    return cases(
        new BatchNorm(),
        new Shape(3, 9, 7),
        8,
        new BatchNorm(),
        new Shape(5, 3, 4),
        3,
        new BatchNorm(),
        new Shape(2, 1, 1),
        2,
        new BatchNorm(),
        new Shape(1, 1, 1),
        1);
  }

  /** With chunks of work-groups, more of them than some cases have elements. */
  @ParameterizedTest
  @MethodSource("norms")
  void batchNorm(Case on) {
    for (int chunks : SIMULATED ? new int[] {3} : new int[] {1, 2, 7}) {
      batchNorm(on, chunks);
    }
  }

  private void batchNorm(Case on, int chunks) {
    Network.Node node = on.node();
    int channels = node.input().channels();
    int plane = node.input().plane();
    int length = on.batch() * node.input().size();
    int count = on.batch() * plane;
    Random random = new Random(node.hashCode());
    float[] values = noise(random, length);
    float[] input = new float[length + 2 * channels]; // then the statistics
    for (int i = 0; i < length; i++) {
      input[i] = 30 + 2 * values[i]; // a difference of squares would lose three digits
    }
    float[] parameters = noise(random, 4 * channels);
    float[] dOutput = noise(random, length);
    int[] pass = SingleRow.shapes(node);
    pass[Pass.CHUNKS] = chunks;
    pass[Pass.PARTIALS] = 0;
    pass[Pass.PARTIAL_STRIDE] = 2 * channels;
    pass[Pass.BIAS] = channels;
    pass[Pass.STATISTICS] = length;
    pass[Pass.RUNNING_MEAN] = 2 * channels;
    pass[Pass.RUNNING_VARIANCE] = 3 * channels;
    pass[Pass.OPERATION] = Opcode.BATCH_NORM_STATISTICS;
    Map<String, Object> fields = Map.of("passes", pass, "input", input);
    float[] partials =
        run(on, BatchNormStatistics.class, "partials", chunks * 2 * channels, fields);
    fields = with(fields, "parameters", parameters);
    float[] output =
        run(
            on,
            BatchNormForward.class,
            "output",
            length + 2 * channels,
            with(fields, "partials", partials));
    System.arraycopy(output, length, input, length, 2 * channels);
    fields = with(fields, "input", input.clone()); // the device has the other without statistics
    Map<String, Object> back = with(fields, "dOutput", dOutput);
    int[] backward = changed(pass, Pass.OPERATION, Opcode.BATCH_NORM_SUMS);
    back.put("passes", changed(backward, Pass.INPUT_RELU, 1));
    Map<String, Object> sumsOnly = new HashMap<>(back);
    sumsOnly.remove("parameters");
    float[] sums = run(on, BatchNormSums.class, "partials", chunks * 2 * channels, sumsOnly);
    float[] dInput =
        run(on, BatchNormBackward.class, "dInput", length, with(back, "partials", sums));
    float[] moved =
        run(
            on,
            RunningStatistics.class,
            "parameters",
            parameters.clone(),
            Map.of("statistics", input, "passes", pass));
    fields = with(inference(fields), "passes", changed(pass, Pass.STATISTICS, Pass.NONE));
    float[] inferred = run(on, BatchNormForward.class, "output", length, fields);
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      double variance = 0;
      double sum = 0;
      double products = 0;
      for (int i = 0; i < count; i++) {
        mean += input[(i / plane * channels + c) * plane + i % plane] / (double) count;
      }
      for (int i = 0; i < count; i++) {
        double off = input[(i / plane * channels + c) * plane + i % plane] - mean;
        variance += off * off / count;
      }
      double deviation = Math.sqrt(variance + BatchNorm.EPSILON);
      assertEquals(mean, output[length + c], 1e-5, "mean");
      assertEquals(variance, output[length + channels + c], 1e-5 * variance + 1e-9, "variance");
      for (int i = 0; i < count; i++) {
        int at = (i / plane * channels + c) * plane + i % plane;
        double normalized = (input[at] - mean) / deviation;
        sum += dOutput[at];
        products += dOutput[at] * normalized;
        double expected = normalized * parameters[c] + parameters[channels + c];
        assertEquals(expected, output[at], count > 1 ? 5e-5 : 2e-2, "output " + at);
      }
      double weightGradient = 0;
      double biasGradient = 0;
      for (int chunk = 0; chunk < chunks; chunk++) {
        weightGradient += sums[chunk * 2 * channels + c];
        biasGradient += sums[chunk * 2 * channels + channels + c];
      }
      assertEquals(products, weightGradient, 1e-4 * Math.sqrt(count), "gradient of the weight");
      assertEquals(sum, biasGradient, 1e-5 * Math.sqrt(count), "gradient of the bias");
      double scale = parameters[c] / deviation;
      for (int i = 0; i < count; i++) {
        int at = (i / plane * channels + c) * plane + i % plane;
        double normalized = (input[at] - mean) / deviation;
        double gradient = scale * (dOutput[at] - sum / count - normalized * products / count);
        double expected = input[at] > 0 ? gradient : 0;
        assertEquals(expected, dInput[at], 1e-5 * Math.abs(scale) + 1e-6, "gradient " + at);
        double runningDeviation =
            Math.sqrt(Math.abs(parameters[3 * channels + c]) + BatchNorm.EPSILON);
        double running = (input[at] - parameters[2 * channels + c]) / runningDeviation;
        double there = running * parameters[c] + parameters[channels + c];
        assertEquals(there, inferred[at], 1e-5 * Math.abs(there) + 1e-5, "inference " + at);
      }
      double sample = variance * count / Math.max(1, count - 1);
      float oldMean = parameters[2 * channels + c];
      float oldVariance = parameters[3 * channels + c];
      assertEquals(oldMean + 0.1 * (mean - oldMean), moved[2 * channels + c], 1e-5);
      assertEquals(oldVariance + 0.1 * (sample - oldVariance), moved[3 * channels + c], 1e-5);
      assertEquals(parameters[c], moved[c], "nothing else moves");
    }
  }

  /** The same parameters with variances that are none below 0. */
  private static Map<String, Object> inference(Map<String, Object> fields) {
    float[] parameters = ((float[]) fields.get("parameters")).clone();
    for (int i = parameters.length / 4 * 3; i < parameters.length; i++) {
      parameters[i] = Math.abs(parameters[i]);
    }
    return with(fields, "parameters", parameters);
  }
}
