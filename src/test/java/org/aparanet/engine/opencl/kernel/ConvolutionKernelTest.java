package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.aparanet.engine.opencl.plan.ProductShape;
import org.aparanet.engine.opencl.plan.SingleRow;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions and dense layers, with every way to compute a product. */
class ConvolutionKernelTest extends OperationKernels {
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

  /** Tiles that are narrower than they could be, which only gradients of filters have. */
  private static final List<ProductShape> NARROW_PLANS =
      List.of(new ProductShape(32, 25, 1, 2), new ProductShape(64, 3, 1, 1));

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
            "headFrom",
            count,
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
}
