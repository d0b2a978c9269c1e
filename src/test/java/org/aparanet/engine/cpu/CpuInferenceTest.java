package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Inference;
import org.aparanet.engine.TestNetwork;
import org.aparanet.engine.TestNetworks;
import org.aparanet.engine.check.ReferenceNetwork;
import org.aparanet.model.Initialization;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inference beside the reference in double precision, in every layout. */
class CpuInferenceTest {
  /** Few images, a vector of them and less, more than one. */
  private static final int[] COUNTS = {1, 5, 16, 37};

  private static Stream<Network> networks() {
    return Stream.concat(
        TestNetworks.all().map(TestNetwork::network),
        Stream.of(
            parse(8, 9, 9, "conv 8 3 relu, dense 1400 relu, dense 10"), // of the whole batch
            NamedNetwork.LENET.network(new Shape(1, 28, 28), 10),
            NamedNetwork.DEEP.network(new Shape(1, 28, 28), 10),
            // tiles that overlap, channels that do not fill vectors, every padding
            parse(3, 9, 7, "conv 9 3, conv 8 3 same relu, conv 20 3 pad 2 nobias, dense 70"),
            parse(
                8, 5, 5, "conv 33 3 same relu, conv 34 3 relu, dense 129 relu, dense 60, dense 3"),
            parse(2, 6, 6, "conv 16 1, conv 64 3 nobias, conv 9 3 same, dense 4"),
            parse(3, 13, 12, "conv 8 3 same, pool 2, conv 12 3, pool 2 stride 1, dense 5")
                .withNormalization(
                    Optional.of(
                        new PixelNormalization(
                            List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.25f, 0.3f))))));
  }

  private static Network parse(int channels, int height, int width, String text) {
    return NetworkText.parse(new Shape(channels, height, width), text);
  }

  private static byte[] pixels(Network network, int count) {
    byte[] pixels = new byte[count * network.input().size()];
    new Random(count).nextBytes(pixels);
    return pixels;
  }

  /** Nothing is 0 or 1, as biases and statistics are at first. */
  private static float[] parameters(Network network) {
    float[] parameters = Initialization.HE.draw(network, 5);
    Random random = new Random(3);
    for (Network.Tensor tensor : network.tensors()) {
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        parameters[i] =
            tensor.name().endsWith("running_var")
                ? 0.5f + random.nextFloat()
                : parameters[i] + 0.1f * (float) random.nextGaussian();
      }
    }
    return parameters;
  }

  private static float[] infer(Inference inference, byte[] pixels, int count) {
    float[] logits = new float[count * inference.network().classes()];
    inference.infer(pixels, count, logits);
    return logits;
  }

  private static double[] reference(Network network, float[] parameters, byte[] pixels, int count) {
    double[] values = new double[parameters.length];
    Arrays.setAll(values, i -> parameters[i]);
    ImageSet set = new ImageSet("set", network.input(), pixels, new byte[count], 1);
    double[][] images = new double[count][];
    Arrays.setAll(images, i -> ReferenceNetwork.pixels(network, set, i));
    return Arrays.stream(new ReferenceNetwork(network).infer(values, images))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isThatOfTheReferenceForAnyNumberOfImagesAndThreads(Network network) {
    float[] parameters = parameters(network);
    int[] counts = network.multiplyAdds() > 1_000_000 ? new int[] {1, 17} : COUNTS;
    for (int count : counts) {
      byte[] pixels = pixels(network, count);
      double[] expected = reference(network, parameters, pixels, count);
      for (Arithmetic arithmetic : Arithmetic.values()) {
        assertRight(network, parameters, pixels, expected, arithmetic);
      }
    }
  }

  private static void assertRight(
      Network network,
      float[] parameters,
      byte[] pixels,
      double[] expected,
      Arithmetic arithmetic) {
    int count = pixels.length / network.input().size();
    double squares = Arrays.stream(expected).map(v -> v * v).sum() / expected.length;
    double tolerance = 2e-5 * Math.sqrt(squares);
    try (Inference alone = new CpuEngine(1, arithmetic).openInference(network, parameters, 16);
        Inference shared = new CpuEngine(3, arithmetic).openInference(network, parameters, 16)) {
      float[] found = infer(alone, pixels, count);
      for (int i = 0; i < found.length; i++) {
        assertEquals(expected[i], found[i], tolerance, network + ", output " + i);
      }
      assertArrayEquals(found, infer(shared, pixels, count), network.toString());
    }
  }

  /** Networks so large that several threads share an image. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void anImageIsTheSameOnAnyNumberOfThreads(int threads) {
    for (int[] size : new int[][] {{30, 31}, {31, 30}, {13, 13}, {14, 9}}) {
      anImageIsTheSame(size[0], size[1], threads);
    }
  }

  private static void anImageIsTheSame(int height, int width, int threads) {
    Network network =
        parse(
            3,
            height,
            width,
            "conv 70 3 same relu, conv 90 3 same relu, conv 80 3 same relu, pool 2, dense 200 relu,"
                + " dense 9");
    assertSameAsOnOneThread(network, 1, threads, 20);
  }

  /** The outputs of a number of calls have the bits of one thread's. */
  private static void assertSameAsOnOneThread(Network network, int count, int threads, int calls) {
    float[] parameters = parameters(network);
    byte[] pixels = pixels(network, count);
    try (Inference one = new CpuEngine(1).openInference(network, parameters, count);
        Inference several = new CpuEngine(threads).openInference(network, parameters, count)) {
      float[] expected = infer(one, pixels, count);
      for (int i = 0; i < calls; i++) {
        String what = "call " + i + " of " + count + " images, " + threads + " threads";
        assertArrayEquals(expected, infer(several, pixels, count), what);
      }
    }
  }

  /** Threads that share a dense layer of few outputs add up at the same time. */
  @ParameterizedTest
  @ValueSource(ints = {2, 16})
  void aDenseLayerOfFewOutputsIsTheSameEachTime(int threads) {
    Network network = parse(1, 40, 40, "conv 31 7 same nobias relu, dense 9");
    assertSameAsOnOneThread(network, 1, threads, 1000);
  }

  /** Networks so large that several threads share a slice, where there are fewer slices. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv 32 5 same relu, pool 2, conv 64 3 same relu, conv 128 3 same relu, pool 2, dense 9",
        "conv 32 3 same nobias, batchnorm relu, [conv 32 3 same relu, conv 32 3 same | conv 32 1]"
            + " relu, conv 64 3 stride 2 pad 1, leakyrelu 0.1, globalpool, dense 9",
        "conv 32 3 same relu, conv 64 3 same relu, dense 40 relu, dense 9" // of the whole batch
      })
  void aSliceIsTheSameOnAnyNumberOfThreads(String text) {
    Network network = parse(3, 20, 21, text);
    for (int count : new int[] {16, 34}) {
      for (int threads : new int[] {2, 16}) {
        assertSameAsOnOneThread(network, count, threads, 2);
      }
    }
  }

  /** A slice each, but for those left over that are less than seven tenths of the threads. */
  @Test
  void slicesThatAreTooFewAreShared() {
    assertEquals(1, Division.sharedInTurn(1, 2, 2));
    assertEquals(0, Division.sharedInTurn(2, 2, 2));
    assertEquals(1, Division.sharedInTurn(3, 2, 2));
    assertEquals(2, Division.sharedInTurn(2, 3, 3));
    assertEquals(0, Division.sharedInTurn(3, 4, 4), "a quarter less is not worth it");
    assertEquals(5, Division.sharedInTurn(21, 16, 16), "counted as eight");
    assertEquals(0, Division.sharedInTurn(22, 16, 16));
    assertEquals(1, Division.sharedInTurn(17, 16, 2));
    assertEquals(0, Division.sharedInTurn(2, 16, 2));
    assertEquals(0, Division.sharedInTurn(1, 16, 1), "too little work");
    assertEquals(0, Division.sharedInTurn(1, 1, 1), "one thread");
  }

  /** Comparisons lose values that are no numbers; what is no number must be seen in the end. */
  @ParameterizedTest
  @EnumSource(Arithmetic.class)
  void doesNotHideWhatIsNoNumber(Arithmetic arithmetic) {
    Network network = parse(1, 8, 8, "conv 8 3 same, pool 2, dense 3");
    for (int filter = 0; filter < 8; filter++) {
      float[] parameters = parameters(network);
      parameters[9 * filter + 4] = Float.NaN;
      try (Inference inference =
          new CpuEngine(1, arithmetic).openInference(network, parameters, 16)) {
        for (int count : COUNTS) {
          for (float logit : infer(inference, pixels(network, count), count)) {
            assertFalse(Float.isFinite(logit), "logit " + logit + " of " + count + " images");
          }
        }
      }
    }
  }

  /**
   * One position of a window is infinity minus infinity, another one minus infinity, and two are 0,
   * which would be the largest.
   */
  @ParameterizedTest
  @EnumSource(Arithmetic.class)
  void doesNotHideOneOfFourThatIsNoNumber(Arithmetic arithmetic) {
    Network network =
        parse(1, 5, 5, "conv 1 1 nobias, conv 8 1x2 nobias, pool 2, dense 3")
            .withNormalization(Optional.of(new PixelNormalization(List.of(0f), List.of(0.01f))));
    float[] parameters = new float[network.parameterCount()];
    Arrays.fill(parameters, 0.5f);
    parameters[0] = 3e38f; // makes infinity of 100
    for (int filter = 0; filter < 8; filter++) {
      parameters[1 + 2 * filter] = 1;
      parameters[1 + 2 * filter + 1] = -1;
    }
    try (Inference inference =
        new CpuEngine(1, arithmetic).openInference(network, parameters, 16)) {
      for (int count : COUNTS) {
        byte[] pixels = new byte[25 * count];
        for (int image = 0; image < count; image++) {
          pixels[25 * image + 8] = -1; // the last two of the second row
          pixels[25 * image + 9] = -1;
        }
        for (float logit : infer(inference, pixels, count)) {
          assertFalse(Float.isFinite(logit), "logit " + logit + " of " + count + " images");
        }
      }
    }
  }

  @Test
  void refusesUseAfterCloseAndWrongArguments() {
    Network network = parse(1, 8, 8, "dense 3");
    float[] parameters = new float[network.parameterCount()];
    Inference inference = new CpuEngine(2).openInference(network, parameters, 1);
    infer(inference, pixels(network, 40), 40);
    inference.close();
    inference.close();
    assertEquals(
        "the inference is closed",
        assertThrows(IllegalStateException.class, () -> infer(inference, pixels(network, 1), 1))
            .getMessage());
    assertEquals(
        "1 parameters given; the network has " + parameters.length,
        assertThrows(
                IllegalArgumentException.class,
                () -> new CpuEngine(1).openInference(network, new float[1], 1))
            .getMessage());
  }

  /** The parameters are copied when it is opened. */
  @Test
  void keepsItsParameters() {
    Network network = parse(1, 8, 8, "conv 8 3, dense 3");
    float[] parameters = parameters(network);
    try (Inference inference = new CpuEngine(1).openInference(network, parameters, 1)) {
      byte[] few = pixels(network, 1);
      byte[] many = pixels(network, 40);
      float[] first = infer(inference, few, 1);
      Arrays.fill(parameters, 0);
      assertArrayEquals(first, infer(inference, few, 1));
      assertFalse(infer(inference, many, 40)[0] == 0);
    }
  }
}
