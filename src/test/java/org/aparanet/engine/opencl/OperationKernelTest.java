package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aparapi.Kernel;
import com.aparapi.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Layer;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Relu;
import org.aparanet.model.Shape;
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
  private static final int ITEMS = 128;

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
        5);
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

  /** Triples of layer, input and batch, each with both kinds of memory. */
  private static Stream<Arguments> cases(Object... triples) {
    List<Arguments> cases = new ArrayList<>();
    for (int i = 0; i < triples.length; i += 3) {
      for (HostMemory memory : HostMemory.values()) {
        cases.add(
            Arguments.of(
                new Case(
                    (Layer) triples[i], (Shape) triples[i + 1], (int) triples[i + 2], memory)));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolution(Case on) {
    checkProducts(
        on,
        new ConvolutionForward(),
        new ConvolutionBackwardData(),
        new ConvolutionBackwardFilter());
  }

  @ParameterizedTest
  @MethodSource("dense")
  void denseLayer(Case on) {
    checkProducts(on, new DenseForward(), new DenseBackwardData(), new DenseBackwardWeights());
  }

  /** Convolution and dense layers are sums of products; only which products differs. */
  private static void checkProducts(Case on, Kernel forward, Kernel data, Kernel weights) {
    Network.Node node = on.node();
    Random random = new Random(node.hashCode());
    float[] input = noise(random, on.batch() * node.input().size());
    float[] parameters = noise(random, node.parameterCount());
    float[] dOutput = noise(random, on.batch() * node.output().size());
    int filters = node.tensors().get(0).size();
    boolean bias = node.tensors().size() > 1;
    Sums output = new Sums(dOutput.length);
    Sums dInput = new Sums(input.length);
    Sums dParameters = new Sums(parameters.length);
    forEachProduct(
        node,
        on.batch(),
        (in, weight, out) -> {
          output.add(out, (double) input[in] * parameters[weight]);
          dInput.add(in, (double) dOutput[out] * parameters[weight]);
          dParameters.add(weight, (double) dOutput[out] * input[in]);
        });
    for (int out = 0; bias && out < dOutput.length; out++) {
      int filter = out / node.output().plane() % node.output().channels();
      output.add(out, parameters[filters + filter]);
      dParameters.add(filters + filter, dOutput[out]);
    }
    int[] pass = PassTable.shapes(node);
    pass[Pass.BIAS] = bias ? filters : Pass.NONE;
    output.check(
        run(on, forward, dOutput.length, "input", input, "parameters", parameters, "pass", pass));
    dInput.check(
        run(on, data, input.length, "dOutput", dOutput, "parameters", parameters, "pass", pass));
    dParameters.check(
        run(on, weights, parameters.length, "input", input, "dOutput", dOutput, "pass", pass));
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
        output, run(on, new MaxPoolForward(), output.length, "input", input, "pass", pass));
    dInput.check(
        run(
            on,
            new MaxPoolBackward(),
            input.length,
            "input",
            input,
            "dOutput",
            dOutput,
            "pass",
            pass));
  }

  @ParameterizedTest
  @EnumSource
  void relu(HostMemory memory) {
    Case on = new Case(new Relu(), new Shape(1, 7, 1), 1, memory);
    float[] input = {-1f, -0f, 0f, 1e-30f, 2f, -Float.MAX_VALUE, Float.NaN};
    float[] dOutput = {1, 2, 3, 4, 5, 6, 7};
    int[] pass = PassTable.shapes(on.node());
    float[] output = run(on, new ReluForward(), 7, "input", input, "pass", pass);
    assertArrayEquals(new float[] {0, 0, 0, 1e-30f, 2, 0, Float.NaN}, output, 0f);
    assertArrayEquals(
        new float[] {0, 0, 0, 4, 5, 0, 0},
        run(on, new ReluBackward(), 7, "output", output, "dOutput", dOutput, "pass", pass));
  }

  @Test
  void nanIsLargerThanAnything() {
    Case on = new Case(new MaxPool(2, 2), new Shape(1, 2, 2), 1, HostMemory.SEPARATE);
    float[] output =
        run(
            on,
            new MaxPoolForward(),
            1,
            "input",
            new float[] {1, 2, Float.NaN, 3},
            "pass",
            PassTable.shapes(on.node()));
    assertArrayEquals(new float[] {Float.NaN}, output);
  }

  @ParameterizedTest
  @EnumSource
  void parameterUpdate(HostMemory memory) {
    ParameterUpdate kernel = new ParameterUpdate();
    int count = 1000;
    float[] parameters = noise(new Random(1), count + 1);
    kernel.parameters = parameters.clone();
    kernel.dParameters = noise(new Random(2), count + 1);
    kernel.count = count;
    kernel.learningRate = 0.25f;
    execute(OpenClTestDevice.engine(memory), kernel, kernel.parameters);
    for (int i = 0; i < count; i++) {
      assertEquals(parameters[i] - 0.25 * kernel.dParameters[i], kernel.parameters[i], 1e-6);
    }
    assertEquals(parameters[count], kernel.parameters[count], "beyond the last parameter");
  }

  @ParameterizedTest
  @EnumSource
  void gatherImages(HostMemory memory) {
    GatherImages kernel = new GatherImages();
    kernel.size = 3;
    kernel.batch = 2;
    kernel.images = new byte[] {0, 1, 2, 127, (byte) 128, (byte) 255, 6, 7, 8};
    kernel.indices = new int[] {1, 0};
    kernel.output = new float[7];
    kernel.output[6] = UNTOUCHED;
    execute(OpenClTestDevice.engine(memory), kernel, kernel.output);
    assertArrayEquals(
        new float[] {127 / 255f, 128 / 255f, 1f, 0f, 1 / 255f, 2 / 255f, UNTOUCHED},
        kernel.output,
        1e-7f);
  }

  /** Runs a kernel whose fields take the arrays of the given names, and returns its result. */
  private static float[] run(Case on, Kernel kernel, int length, Object... namesAndArrays) {
    float[] result = new float[length + 1];
    result[length] = UNTOUCHED;
    try {
      for (int i = 0; i < namesAndArrays.length; i += 2) {
        set(kernel, (String) namesAndArrays[i], namesAndArrays[i + 1]);
      }
      set(kernel, "batch", on.batch());
      for (var field : kernel.getClass().getDeclaredFields()) {
        if (field.getType() == float[].class && field.get(kernel) == null) {
          field.set(kernel, result); // the one array that was not given is the result
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    execute(OpenClTestDevice.engine(on.memory()), kernel, result);
    assertEquals(UNTOUCHED, result[length], "written beyond the end");
    return java.util.Arrays.copyOf(result, length);
  }

  private static void set(Kernel kernel, String field, Object value)
      throws ReflectiveOperationException {
    kernel.getClass().getDeclaredField(field).set(kernel, value);
  }

  private static void execute(OpenClEngine engine, Kernel kernel, float[] result) {
    DeviceKernelManager.bind(kernel, engine.target());
    kernel.setExplicit(true);
    try {
      kernel.execute(Range.create(engine.target(), ITEMS, ITEMS / 2));
      kernel.get(result);
    } finally {
      kernel.dispose();
    }
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

    void check(float[] actual) {
      assertEquals(sums.length, actual.length);
      for (int i = 0; i < actual.length; i++) {
        assertEquals(sums[i], actual[i], TOLERANCE * magnitudes[i], "element " + i);
      }
    }
  }
}
