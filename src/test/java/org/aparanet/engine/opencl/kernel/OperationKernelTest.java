package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aparapi.Kernel;
import com.aparapi.Range;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.check.ReferenceOptimizer;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.aparanet.engine.opencl.plan.ProductShape;
import org.aparanet.engine.opencl.plan.SingleRow;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Layer;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Relu;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel of a single operation, run alone on the device, against sums in double precision
 * that are written the other way round: they scatter where the kernels gather.
 */
@Tag("kernels")
class OperationKernelTest {
  /** Work-items: more than some of the cases have elements, and a divisor of none. */
  private static final int ITEMS = 2 * BlockProduct.GROUP;

  /** Largest error relative to the sum of the products' magnitudes; float32 rounds at 6e-8. */
  private static final double TOLERANCE = 1e-6;

  private static final int UNTOUCHED = 12345;

  /** A layer on an input, with a batch. */
  record Case(Layer layer, Shape input, int batch, HostMemory memory) {
    Network.Node node() {
      return new Network(input, List.of(layer, new Dense(2))).nodes().get(0);
    }

    @Override
    public String toString() {
      return layer.text() + " on " + batch + "x" + input + ", " + memory + " memory";
    }
  }

  static Stream<Arguments> convolutions() {
    return cases(
        new Convolution(16, 3, 3, 1, 0, false),
        new Shape(1, 28, 28),
        2,
        new Convolution(6, 5, 5, 1, 2, true),
        new Shape(1, 12, 12),
        3,
        new Convolution(5, 3, 3, 2, 1, true),
        new Shape(3, 11, 9),
        4,
        new Convolution(7, 5, 3, 3, 2, true),
        new Shape(2, 13, 8),
        1,
        new Convolution(9, 1, 1, 1, 0, true),
        new Shape(7, 5, 5),
        3,
        new Convolution(1, 1, 1, 3, 0, false),
        new Shape(1, 1, 1),
        1,
        new Convolution(3, 4, 2, 2, 1, true),
        new Shape(4, 4, 7),
        5,
        new Convolution(34, 3, 3, 1, 1, true),
        new Shape(5, 6, 5),
        3,
        new Convolution(3, 7, 6, 2, 3, true), // more taps than a word has bits
        new Shape(2, 9, 8),
        2);
  }

  static Stream<Arguments> pools() {
    return cases(
        new MaxPool(2, 2),
        new Shape(16, 26, 26),
        2,
        new MaxPool(3, 2),
        new Shape(5, 11, 9),
        3,
        new MaxPool(2, 3),
        new Shape(3, 10, 7),
        1,
        new MaxPool(3, 1),
        new Shape(2, 5, 6),
        4,
        new MaxPool(1, 1),
        new Shape(1, 3, 3),
        1);
  }

  static Stream<Arguments> dense() {
    return cases(
        new Dense(10),
        new Shape(16, 13, 13),
        3,
        new Dense(13),
        new Shape(9, 5, 5),
        7,
        new Dense(1),
        new Shape(1, 1, 1),
        1);
  }

  /**
   * Whether a simulator checks every access: some thousand times slower, and of one kind of memory,
   * so that it gets fewer cases and plans.
   */
  private static final boolean SIMULATED =
      System.getProperty("aparanet.test.require", "none").equals("Oclgrind");

  /** Positions of a case that a simulator gets through in seconds. */
  private static final int SIMULATED_POSITIONS = 90;

  /** Triples of layer, input and batch, each with both kinds of memory. */
  private static Stream<Arguments> cases(Object... triples) {
    List<Arguments> cases = new ArrayList<>();
    for (int i = 0; i < triples.length; i += 3) {
      for (HostMemory memory : HostMemory.values()) {
        Case on =
            new Case((Layer) triples[i], (Shape) triples[i + 1], (int) triples[i + 2], memory);
        boolean small = on.batch() * on.node().output().plane() <= SIMULATED_POSITIONS;
        if (!SIMULATED || memory == HostMemory.SEPARATE && small) {
          cases.add(Arguments.of(on));
        }
      }
    }
    return cases.stream();
  }

  /** Ways to compute a product, each of which must be right for every shape. */
  private static final List<ProductShape> PLANS =
      List.of(
          new ProductShape(0, 0, 1, 1),
          new ProductShape(0, 0, 4, 1),
          new ProductShape(0, 0, 128, 1),
          new ProductShape(32, 32, 1, 1),
          new ProductShape(32, 16, 1, 1),
          new ProductShape(64, 16, 1, 1));

  /** With the sums cut into chunks, more of them than there is to share out in small cases. */
  private static final List<ProductShape> CHUNKED_PLANS =
      List.of(
          new ProductShape(0, 0, 1, 3),
          new ProductShape(0, 0, 8, 2),
          new ProductShape(64, 16, 1, 3));

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolution(Case on) {
    checkProducts(on, false);
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void pooledConvolution(Case on) {
    Shape output = on.node().output();
    if (output.height() > 1 && output.width() > 1) {
      checkProducts(on, true);
    }
  }

  @ParameterizedTest
  @MethodSource("dense")
  void denseLayer(Case on) {
    checkProducts(on, false);
  }

  /** Convolution and dense layers are sums of products; only which products differs. */
  private void checkProducts(Case on, boolean pooled) {
    Network.Node node = on.node();
    Shape out = node.output();
    Shape pool = pooled ? new Shape(out.channels(), out.height() / 2, out.width() / 2) : out;
    Random random = new Random(node.hashCode());
    float[] input = noise(random, on.batch() * node.input().size());
    float[] parameters = noise(random, node.parameterCount());
    boolean bias = node.tensors().size() > 1;
    int filters = node.tensors().get(0).size();

    Sums output = new Sums(on.batch() * out.size());
    forEachProduct(
        node,
        on.batch(),
        (in, weight, o) -> output.add(o, (double) input[in] * parameters[weight]));
    for (int o = 0; bias && o < output.length(); o++) {
      output.add(o, parameters[filters + o / out.plane() % out.channels()]);
    }
    int[] layer = SingleRow.shapes(node);
    layer[Pass.BIAS] = bias ? filters : Pass.NONE;
    layer[Pass.RELU] = 1;
    layer[Pass.INPUT_RELU] = 1;
    int results = on.batch() * pool.size();
    if (pooled) {
      layer[Pass.MAXIMA] = results;
      layer[Pass.POOL_HEIGHT] = pool.height();
      layer[Pass.POOL_WIDTH] = pool.width();
    }
    for (ProductShape plan : positionPlans(node, !pooled)) {
      float[] forward = forward(on, layer, plan, input, parameters, results);
      if (pooled) {
        output.checkPooled(forward, out, pool, results);
      } else {
        output.checkRelu(forward);
      }
    }

    // the outputs in no window have no gradient, nor a place for one
    int inWindows = pooled ? 4 * results : results;
    float[] gradient = noise(random, inWindows);
    int width = pooled ? 2 * pool.width() : out.width();
    int plane = pooled ? 4 * pool.plane() : out.plane();
    float[] dOutput = new float[output.length()];
    for (int i = 0; i < inWindows; i++) {
      dOutput[i / plane * out.plane() + i % plane / width * out.width() + i % width] = gradient[i];
    }
    Sums dInput = new Sums(input.length);
    Sums dParameters = new Sums(parameters.length);
    forEachProduct(
        node,
        on.batch(),
        (in, weight, o) -> {
          dInput.add(in, (double) dOutput[o] * parameters[weight]);
          dParameters.add(weight, (double) dOutput[o] * input[in]);
        });
    for (int o = 0; bias && o < dOutput.length; o++) {
      dParameters.add(filters + o / out.plane() % out.channels(), dOutput[o]);
    }
    for (ProductShape plan : positionPlans(node, false)) {
      int[] row = plan.in(SingleRow.product(Opcode.BACKWARD_DATA, layer));
      dInput.checkMasked(
          run(
              on,
              ConvolutionBackwardData.class,
              "dInput",
              input.length,
              Map.of(
                  "input", input,
                  "parameters", parameters,
                  "dOutput", gradient,
                  "passes", passes(row))),
          input);
    }
    List<ProductShape> filterPlans = plans(true);
    filterPlans.addAll(SIMULATED ? NARROW_PLANS.subList(0, 1) : NARROW_PLANS);
    for (ProductShape plan : filterPlans) {
      int[] row = plan.in(SingleRow.product(Opcode.BACKWARD_FILTER, layer));
      row[Pass.PARTIALS] = 0;
      float[] partials =
          run(
              on,
              ConvolutionBackwardFilter.class,
              "partials",
              plan.chunks() * parameters.length,
              Map.of(
                  "input", input,
                  "dOutput", gradient,
                  "passes", passes(row)));
      dParameters.check(updated(on, row, partials, parameters.length));
    }
  }

  /** Tiles that are narrower than they could be, which only gradients of filters have. */
  private static final List<ProductShape> NARROW_PLANS =
      List.of(new ProductShape(32, 25, 1, 2), new ProductShape(64, 3, 1, 1));

  /** All plans that a product may have. */
  private static List<ProductShape> plans(boolean chunked) {
    List<ProductShape> plans = new ArrayList<>(PLANS);
    if (chunked) {
      plans.addAll(CHUNKED_PLANS);
    }
    if (SIMULATED) {
      plans.removeIf(
          plan ->
              plan.tileRows() == 32
                  || plan.sharers() == 4
                  || plan.tileRows() > 0 && plan.chunks() > 1);
    }
    return plans;
  }

  /**
   * Plans of products whose columns are positions: blocks need a table, which large windows lack.
   */
  private static List<ProductShape> positionPlans(Network.Node node, boolean chunked) {
    List<ProductShape> plans = plans(chunked);
    int[] layer = SingleRow.shapes(node);
    if (!Taps.fit(layer[Pass.WINDOW_HEIGHT], layer[Pass.WINDOW_WIDTH])) {
      plans.removeIf(plan -> plan.tileRows() == 0);
    }
    return plans;
  }

  private float[] forward(
      Case on, int[] layer, ProductShape plan, float[] input, float[] parameters, int results) {
    int[] row = plan.in(SingleRow.product(Opcode.FORWARD, layer));
    boolean pooled = layer[Pass.MAXIMA] != Pass.NONE;
    if (plan.chunks() == 1) {
      return run(
          on,
          ConvolutionForward.class,
          "output",
          pooled ? 2 * results : results,
          Map.of("input", input, "parameters", parameters, "passes", passes(row)));
    }
    row[Pass.PARTIALS] = 0;
    row[Pass.PARTIAL_STRIDE] = results;
    float[] partials =
        run(
            on,
            ConvolutionForward.class,
            "partials",
            plan.chunks() * results,
            Map.of("input", input, "parameters", parameters, "passes", passes(row)));
    return run(
        on,
        FinishOutputs.class,
        "output",
        results,
        Map.of("partials", partials, "parameters", parameters, "passes", row));
  }

  /** The gradients that an update adds up; it must also take a step against them. */
  private float[] updated(Case on, int[] row, float[] partials, int count) {
    int[] update = row.clone();
    update[Pass.COLUMNS] = count;
    Map<String, Object> fields =
        Map.of(
            "learningRate",
            0.5f,
            "parameters",
            new float[count],
            "partials",
            partials,
            "passes",
            update);
    float[] gradients = run(on, ParameterUpdate.class, "dParameters", count, fields);
    ParameterUpdate kernel = (ParameterUpdate) kernels.get(ParameterUpdate.class);
    kernel.get(kernel.parameters);
    for (int i = 0; i < count; i++) {
      assertEquals(-0.5f * gradients[i], kernel.parameters[i], 1e-6f * Math.abs(gradients[i]));
    }
    return gradients;
  }

  /** A table of one row, which begins at 0, with its taps behind it. */
  private static int[] passes(int[] row) {
    return SingleRow.passes(row);
  }

  private interface Product {
    void of(int input, int weight, int output);
  }

  private static void forEachProduct(Network.Node node, int batch, Product product) {
    Shape in = node.input();
    Shape out = node.output();
    for (int n = 0; n < batch; n++) {
      for (int f = 0; f < out.channels(); f++) {
        for (int o = 0; o < out.plane(); o++) {
          int output = (n * out.channels() + f) * out.plane() + o;
          if (node.layer() instanceof Convolution layer) {
            int top = o / out.width() * layer.stride() - layer.padding();
            int left = o % out.width() * layer.stride() - layer.padding();
            int weight = f * in.channels() * layer.filterHeight() * layer.filterWidth();
            for (int c = 0; c < in.channels(); c++) {
              for (int y = top; y < top + layer.filterHeight(); y++) {
                for (int x = left; x < left + layer.filterWidth(); x++, weight++) {
                  if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
                    int input = ((n * in.channels() + c) * in.height() + y) * in.width() + x;
                    product.of(input, weight, output);
                  }
                }
              }
            }
          } else {
            for (int i = 0; i < in.size(); i++) {
              product.of(n * in.size() + i, f * in.size() + i, output);
            }
          }
        }
      }
    }
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
      input[i] = random.nextInt(4); // many equal values: the first maximum must win
    }
    float[] dOutput = noise(random, on.batch() * out.size());
    float[] output = new float[dOutput.length];
    Sums dInput = new Sums(input.length);
    for (int o = 0; o < output.length; o++) {
      int corner =
          o / out.plane() * in.plane()
              + o % out.plane() / out.width() * layer.stride() * in.width()
              + o % out.width() * layer.stride();
      int best = corner;
      for (int i = 0; i < layer.size() * layer.size(); i++) {
        int at = corner + i / layer.size() * in.width() + i % layer.size();
        best = input[at] > input[best] ? at : best;
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

  /** A copy: an array that is there already does not go to the device again. */
  private static int[] changed(int[] pass, int field, int value) {
    int[] copy = pass.clone();
    copy[field] = value;
    return copy;
  }

  /** The same parameters with variances that are none below 0. */
  private static Map<String, Object> inference(Map<String, Object> fields) {
    float[] parameters = ((float[]) fields.get("parameters")).clone();
    for (int i = parameters.length / 4 * 3; i < parameters.length; i++) {
      parameters[i] = Math.abs(parameters[i]);
    }
    return with(fields, "parameters", parameters);
  }

  static Stream<Arguments> optimizers() {
    float none = Float.POSITIVE_INFINITY;
    return Stream.of(
            new Optimizer(Optimizer.Rule.SGD, 0, 0, 0.1f, none),
            new Optimizer(Optimizer.Rule.MOMENTUM, 0.9f, 0, 0, 0.5f),
            new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.1f, none),
            new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.99f, 0.1f, 1000f),
            new Optimizer(Optimizer.Rule.ADAMW, 0.9f, 0.99f, 0.1f, 0.5f))
        .flatMap(
            optimizer ->
                Stream.of(HostMemory.values())
                    .filter(memory -> !SIMULATED || memory == HostMemory.SEPARATE)
                    .map(memory -> Arguments.of(optimizer, memory)));
  }

  /** Two layers, whose gradients come in chunks; the second step has moments. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void optimizer(Optimizer optimizer, HostMemory memory) {
    int count = 300;
    Case on = new Case(new Relu(), new Shape(1, 1, 1), 1, memory);
    Random random = new Random(3);
    float[] parameters = noise(random, count);
    double[] expected = IntStream.range(0, count).mapToDouble(i -> parameters[i]).toArray();
    ReferenceOptimizer reference = new ReferenceOptimizer(optimizer, count);
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
    fields.put("momentum", optimizer.momentum());
    fields.put("beta2", optimizer.beta2());
    fields.put("weightDecay", optimizer.weightDecay());
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

  @Test
  void nanIsLargerThanAnything() {
    Case on = new Case(new MaxPool(2, 2), new Shape(1, 2, 2), 1, HostMemory.SEPARATE);
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

  @ParameterizedTest
  @EnumSource
  void gatherImages(HostMemory memory) {
    Case on = new Case(new Relu(), new Shape(1, 3, 1), 5, memory);
    float[] output =
        run(
            on,
            GatherImages.class,
            "output",
            15,
            Map.of(
                "size", 3,
                "chunkImages", 2,
                "images0", new byte[] {0, 1, 2, 127, (byte) 128, (byte) 255},
                "images1", new byte[] {6, 7, 8, 9, 10, 11},
                "images2", new byte[] {12, 13, 14, 15, 16, 17},
                "images3", new byte[] {18, 19, 20},
                "staged", new byte[] {30, 31, 32, 33, 34, (byte) 200},
                "indices", new int[] {1, 0, 6, -2, 4}));
    int[] pixels = {127, 128, 255, 0, 1, 2, 18, 19, 20, 33, 34, 200, 12, 13, 14};
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(pixels[i] / 255f, output[i], 1e-7f);
    }
  }

  /** The kernels of a test, each built once. */
  private final Map<Class<?>, Kernel> kernels = new HashMap<>();

  @AfterEach
  void disposeKernels() {
    kernels.values().forEach(Kernel::dispose);
  }

  private static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
    Map<String, Object> more = new HashMap<>(fields);
    more.put(name, value);
    return more;
  }

  /** As below, into an array that is empty. */
  private float[] run(
      Case on,
      Class<? extends Kernel> type,
      String result,
      int length,
      Map<String, Object> fields) {
    return run(on, type, result, new float[length], fields);
  }

  /**
   * Runs a kernel whose fields take the given values.
   *
   * @param result name of the field that is to hold the result
   * @param before its elements before
   */
  private float[] run(
      Case on,
      Class<? extends Kernel> type,
      String result,
      float[] before,
      Map<String, Object> fields) {
    int length = before.length;
    float[] values = Arrays.copyOf(before, length + 1);
    values[length] = UNTOUCHED;
    Kernel kernel = kernels.get(type);
    try {
      if (kernel == null) {
        kernel = type.getDeclaredConstructor().newInstance();
        kernels.put(type, kernel);
        kernel.setExplicit(true);
        OpenClTestDevice.bind(kernel, OpenClTestDevice.target(on.memory()));
      }
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        field(kernel, field.getKey()).set(kernel, field.getValue());
      }
      if (!(kernel instanceof UpdateFunctions) || kernel instanceof BatchNormFunctions) {
        field(kernel, "batch").set(kernel, on.batch());
      }
      field(kernel, result).set(kernel, values);
      for (Class<?> owner = type; owner != Kernel.class; owner = owner.getSuperclass()) {
        for (Field field : owner.getDeclaredFields()) {
          if (field.getType() == float[].class && field.get(kernel) == null) {
            field.set(kernel, new float[1]); // not used this time, but no argument may be missing
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    kernel.execute(Range.create(OpenClTestDevice.target(on.memory()), ITEMS, BlockProduct.GROUP));
    kernel.get(values);
    assertEquals(UNTOUCHED, values[length], "written beyond the end");
    return Arrays.copyOf(values, length);
  }

  private static Field field(Kernel kernel, String name) throws NoSuchFieldException {
    for (Class<?> type = kernel.getClass(); type != Kernel.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return field;
        }
      }
    }
    throw new NoSuchFieldException(kernel.getClass() + " has no " + name);
  }

  private static float[] noise(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Sums in double precision, with the magnitude of what went into each. */
  private static final class Sums {
    private final double[] sums;
    private final double[] magnitudes;

    Sums(int length) {
      sums = new double[length];
      magnitudes = new double[length];
    }

    void add(int at, double value) {
      sums[at] += value;
      magnitudes[at] += Math.abs(value);
    }

    int length() {
      return sums.length;
    }

    /** Against what a ReLU lets through. */
    void checkRelu(float[] actual) {
      assertEquals(sums.length, actual.length);
      for (int i = 0; i < actual.length; i++) {
        assertEquals(Math.max(0, sums[i]), actual[i], TOLERANCE * magnitudes[i], "element " + i);
      }
    }

    /** Against what a ReLU lets through that opens where a value is positive. */
    void checkMasked(float[] actual, float[] value) {
      for (int i = 0; i < actual.length; i++) {
        assertEquals(
            value[i] > 0 ? sums[i] : 0, actual[i], TOLERANCE * magnitudes[i], "element " + i);
      }
    }

    /** Against the largest of each 2 x 2 window, behind a ReLU, and its place in the window. */
    void checkPooled(float[] actual, Shape out, Shape pool, int count) {
      for (int i = 0; i < count; i++) {
        int top = i / pool.width() % pool.height() * 2;
        int left = i % pool.width() * 2;
        int corner = i / pool.plane() * out.plane() + top * out.width() + left;
        int best = corner;
        for (int place : new int[] {1, out.width(), out.width() + 1}) {
          best = sums[corner + place] > sums[best] ? corner + place : best;
        }
        int which = (int) actual[count + i];
        int chosen = corner + which / 2 * out.width() + which % 2;
        double tolerance = TOLERANCE * magnitudes[chosen];
        assertEquals(Math.max(0, sums[best]), actual[i], tolerance, "element " + i);
        assertEquals(sums[best], sums[chosen], tolerance, "the place of element " + i);
      }
    }

    void check(float[] actual) {
      assertEquals(sums.length, actual.length);
      for (int i = 0; i < actual.length; i++) {
        assertEquals(sums[i], actual[i], TOLERANCE * magnitudes[i], "element " + i);
      }
    }
  }
}
