package org.aparanet.engine.opencl;

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
import java.util.stream.Stream;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
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
        3);
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
  private static final List<ProductPlan> PLANS =
      List.of(
          new ProductPlan(0, 0, 1, 1),
          new ProductPlan(0, 0, 4, 1),
          new ProductPlan(0, 0, 128, 1),
          new ProductPlan(32, 32, 1, 1),
          new ProductPlan(64, 16, 1, 1));

  /** With the sums cut into chunks, more of them than there is to share out in small cases. */
  private static final List<ProductPlan> CHUNKED_PLANS =
      List.of(
          new ProductPlan(0, 0, 1, 3), new ProductPlan(0, 0, 8, 2), new ProductPlan(64, 16, 1, 3));

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
    float[] pooledGradient = noise(random, on.batch() * pool.size());
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
    int[] layer = PassTable.shapes(node);
    layer[Pass.BIAS] = bias ? filters : Pass.NONE;
    layer[Pass.RELU] = 1;
    layer[Pass.INPUT_RELU] = 1;
    int results = on.batch() * pool.size();
    float[] maxima = new float[results];
    if (pooled) {
      layer[Pass.MAXIMA] = results;
      layer[Pass.POOL_HEIGHT] = pool.height();
      layer[Pass.POOL_WIDTH] = pool.width();
    }
    for (ProductPlan plan : plans(!pooled, pooled)) {
      float[] forward = forward(on, layer, plan, input, parameters, results);
      if (pooled) {
        output.checkPooled(forward, out, pool, results);
        System.arraycopy(forward, results, maxima, 0, results);
      } else {
        output.checkRelu(forward);
      }
    }

    float[] dOutput = pooled ? new float[output.length()] : pooledGradient;
    for (int i = 0; pooled && i < results; i++) {
      int y = i / pool.width() % pool.height() * 2 + (int) maxima[i] / 2;
      int x = i % pool.width() * 2 + (int) maxima[i] % 2;
      dOutput[i / pool.plane() * out.plane() + y * out.width() + x] = pooledGradient[i];
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
    if (pooled) {
      layer[Pass.MAXIMA] = 0;
    }
    for (ProductPlan plan : plans(false, false)) {
      int[] row = plan.in(PassTable.product(Operation.BACKWARD_DATA, layer));
      dInput.checkMasked(
          run(
              on,
              ConvolutionBackwardData.class,
              "dInput",
              input.length,
              Map.of(
                  "input", input,
                  "maxima", maxima,
                  "parameters", parameters,
                  "dOutput", pooledGradient,
                  "passes", passes(row))),
          input);
    }
    List<ProductPlan> filterPlans = plans(true, false);
    filterPlans.addAll(SIMULATED ? NARROW_PLANS.subList(0, 1) : NARROW_PLANS);
    for (ProductPlan plan : filterPlans) {
      int[] row = plan.in(PassTable.product(Operation.BACKWARD_FILTER, layer));
      row[Pass.PARTIALS] = 0;
      float[] partials =
          run(
              on,
              ConvolutionBackwardFilter.class,
              "partials",
              plan.chunks() * parameters.length,
              Map.of(
                  "input", input,
                  "maxima", maxima,
                  "dOutput", pooledGradient,
                  "passes", passes(row)));
      dParameters.check(updated(on, row, partials, parameters.length));
    }
  }

  /** Tiles that are narrower than they could be, which only gradients of filters have. */
  private static final List<ProductPlan> NARROW_PLANS =
      List.of(new ProductPlan(32, 25, 1, 2), new ProductPlan(64, 3, 1, 1));

  /** All plans that a product may have. */
  private static List<ProductPlan> plans(boolean chunked, boolean pooled) {
    List<ProductPlan> plans = new ArrayList<>(PLANS);
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
    if (pooled) {
      plans.removeIf(plan -> plan.sharers() > 1); // an item has a whole window, and so no sharers
    }
    return plans;
  }

  private float[] forward(
      Case on, int[] layer, ProductPlan plan, float[] input, float[] parameters, int results) {
    int[] row = plan.in(PassTable.product(Operation.FORWARD, layer));
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
    int[] table = PassTable.assemble(List.of(List.of(row)));
    int[] passes = Arrays.copyOfRange(table, 1, table.length);
    passes[Pass.TAPS]--;
    return passes;
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
    int[] pass = PassTable.shapes(node);
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

  @ParameterizedTest
  @EnumSource
  void relu(HostMemory memory) {
    Case on = new Case(new Relu(), new Shape(1, 7, 1), 1, memory);
    float[] input = {-1f, -0f, 0f, 1e-30f, 2f, -Float.MAX_VALUE, Float.NaN};
    float[] dOutput = {1, 2, 3, 4, 5, 6, 7};
    int[] pass = PassTable.shapes(on.node());
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
                "input", new float[] {1, 2, Float.NaN, 3}, "passes", PassTable.shapes(on.node())));
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

  /**
   * Runs a kernel whose fields take the given values.
   *
   * @param result name of the field that is to hold the result
   * @param length elements of the result
   */
  private float[] run(
      Case on,
      Class<? extends Kernel> type,
      String result,
      int length,
      Map<String, Object> fields) {
    float[] values = new float[length + 1];
    values[length] = UNTOUCHED;
    Kernel kernel = kernels.get(type);
    try {
      if (kernel == null) {
        kernel = type.getDeclaredConstructor().newInstance();
        kernels.put(type, kernel);
        kernel.setExplicit(true);
        DeviceKernelManager.bind(kernel, OpenClTestDevice.engine(on.memory()).target());
      }
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        field(kernel, field.getKey()).set(kernel, field.getValue());
      }
      if (!(kernel instanceof OptimizerRules) || kernel instanceof ChannelSums) {
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
    kernel.execute(
        Range.create(OpenClTestDevice.engine(on.memory()).target(), ITEMS, BlockProduct.GROUP));
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
