package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Session;
import org.aparanet.engine.TestNetwork;
import org.aparanet.engine.TestNetworks;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.train.Recipe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX files, as ONNX Runtime reads and runs them. */
class OnnxFileTest {
  private static final Shape INPUT = new Shape(2, 5, 4);
  private static final String SMALL = "conv 3 3 nobias, batchnorm relu, dense 2";
  private static final int[] BATCHES = {1, 7};
  private static final double TOLERANCE = 1e-5;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("model.onnx");
  }

  static Stream<Network> networks() {
    Shape digit = new Shape(1, 28, 28);
    return Stream.of(
            TestNetworks.all().map(TestNetwork::network),
            Stream.of("conv 4 3 same relu, dense 5", "[batchnorm], dense 3", "dense 4")
                .map(text -> normalized(NetworkText.parse(new Shape(3, 6, 5), text))),
            Stream.of(NamedNetwork.values()).map(named -> named.network(digit, 10)),
            Stream.of(Recipe.values())
                .map(
                    recipe ->
                        NetworkText.parse(
                            recipe.data().startsWith("cifar") ? new Shape(3, 32, 32) : digit,
                            recipe.network())))
        .flatMap(all -> all);
  }

  private static Network normalized(Network network) {
    return network.withNormalization(
        Optional.of(
            new PixelNormalization(
                List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void givesTheLogitsOfTheJavaEngine(Network network) throws OrtException {
    Model model = model(network);
    Path bytes = folder.resolve("pixels.onnx");
    model.saveOnnx(file);
    model.saveOnnx(bytes, OnnxInput.PIXELS);
    try (OrtSession values = open(file);
        OrtSession pixels = open(bytes)) {
      for (int batch : BATCHES) {
        ImageSet images = images(network, batch);
        float[] expected = infer(model, images);
        Result result = run(values, images);
        assertNear(expected, result.logits);
        assertProbabilities(result);
        assertNear(expected, run(pixels, images).logits);
      }
    }
  }

  @Test
  void takesImagesOfAnyBatchAndGivesTwoOutputs() throws OrtException {
    model(NetworkText.parse(INPUT, SMALL)).saveOnnx(file);
    try (OrtSession session = open(file)) {
      assertEquals(List.of("image"), List.copyOf(session.getInputInfo().keySet()));
      assertValue(session.getInputInfo().get("image"), OnnxJavaType.FLOAT, -1, 2, 5, 4);
      assertEquals(
          List.of("logits", "probabilities"), List.copyOf(session.getOutputInfo().keySet()));
      assertValue(session.getOutputInfo().get("logits"), OnnxJavaType.FLOAT, -1, 2);
      assertValue(session.getOutputInfo().get("probabilities"), OnnxJavaType.FLOAT, -1, 2);
    }
  }

  @Test
  void pixelsAreBytes() throws OrtException {
    model(NetworkText.parse(INPUT, SMALL)).saveOnnx(file, OnnxInput.PIXELS);
    try (OrtSession session = open(file)) {
      assertValue(session.getInputInfo().get("image"), OnnxJavaType.UINT8, -1, 2, 5, 4);
      assertEquals(
          "Takes images of 2x5x4 as bytes from 0 to 255; gives a logit and a probability"
              + " for each class.",
          session.getMetadata().getDescription());
    }
  }

  @Test
  void metadataIsThatOfAModelFile() throws OrtException {
    Model model =
        model(normalized(NetworkText.parse(new Shape(3, 5, 4), SMALL)))
            .withClassNames(List.of("cat", "größer"));
    model.saveOnnx(file);
    try (OrtSession session = open(file)) {
      OnnxModelMetadata metadata = session.getMetadata();
      assertEquals("aparanet", metadata.getProducerName());
      assertEquals(
          "Takes images of 3x5x4 as float values from 0 to 1; gives a logit and a probability"
              + " for each class.",
          metadata.getDescription());
      assertEquals(
          Map.of(
              "aparanet.version", "2",
              "aparanet.network", SMALL,
              "aparanet.input", "3x5x4",
              "aparanet.pixel_scale", "1/255",
              "aparanet.mean", "0.485,0.456,0.406",
              "aparanet.std", "0.229,0.224,0.225",
              "aparanet.classes", "[\"cat\",\"größer\"]"),
          metadata.getCustomMetadata());
    }
  }

  @Test
  void parametersAreInTheFileOnceUnderTheNamesOfTheModelFile() throws IOException {
    Network network = NetworkText.parse(INPUT, SMALL);
    model(network).saveOnnx(file);
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    for (Network.Tensor tensor : network.tensors()) {
      assertTrue(content.contains(tensor.name()), tensor::name);
    }
    int parameters = network.parameterCount() * Float.BYTES;
    assertTrue(content.length() > parameters && content.length() < parameters + 2000);
  }

  @ParameterizedTest
  @EnumSource(OnnxInput.class)
  void theSameModelGivesTheSameBytes(OnnxInput input) throws IOException {
    Network network = normalized(NetworkText.parse(new Shape(3, 5, 4), SMALL));
    Path second = folder.resolve("second.onnx");
    model(network).saveOnnx(file, input);
    model(network).saveOnnx(second, input);
    assertEquals(-1, Files.mismatch(file, second));
  }

  @Test
  void parametersMustBeFinite() {
    Network network = NetworkText.parse(INPUT, "dense 2");
    float[] parameters = new float[network.parameterCount()];
    parameters[3] = Float.NaN;
    ModelFileException refused =
        assertThrows(ModelFileException.class, () -> new Model(network, parameters).saveOnnx(file));
    assertEquals(
        file + ": tensor 1.weight holds NaN at element 3; all must be finite",
        refused.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path missing = folder.resolve("missing").resolve("model.onnx");
    ModelFileException refused =
        assertThrows(
            ModelFileException.class,
            () -> model(NetworkText.parse(INPUT, SMALL)).saveOnnx(missing));
    assertTrue(
        refused.getMessage().startsWith(missing + ": cannot be written ("), refused.getMessage());
  }

  /** First values, but with biases and running statistics as training leaves them. */
  private static Model model(Network network) {
    float[] parameters = Initialization.HE.draw(network, 1);
    Random random = new Random(2);
    for (Network.Tensor tensor : network.tensors()) {
      for (int i = 0; i < tensor.size() && tensor.dimensions().size() == 1; i++) {
        float drawn = (float) random.nextGaussian();
        boolean positive =
            tensor.name().endsWith("running_var") || tensor.name().endsWith("weight");
        parameters[tensor.offset() + i] = positive ? 0.5f + Math.abs(drawn) : 0.3f * drawn;
      }
    }
    return new Model(network, parameters);
  }

  private static ImageSet images(Network network, int count) {
    byte[] pixels = new byte[count * network.input().size()];
    new Random(3).nextBytes(pixels);
    return new ImageSet("random", network.input(), pixels, new byte[count], network.classes());
  }

  private static float[] infer(Model model, ImageSet images) {
    Network network = model.network();
    float[] logits = new float[images.count() * network.classes()];
    try (Session session = new CpuEngine(1).open(network, images.count())) {
      session.setParameters(model.parameters());
      int first = session.load(images);
      session.infer(
          IntStream.range(first, first + images.count()).toArray(), 0, images.count(), logits);
    }
    return logits;
  }

  private static OrtSession open(Path file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
    }
  }

  /** Rows of both outputs, one for each image. */
  private record Result(float[] logits, float[] probabilities, int classes) {}

  /** Runs a file on images as bytes or as values from 0 to 1, whichever it takes. */
  private static Result run(OrtSession session, ImageSet images) throws OrtException {
    TensorInfo input = (TensorInfo) session.getInputInfo().get("image").getInfo();
    try (OnnxTensor image =
        input.type == OnnxJavaType.UINT8
            ? OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                ByteBuffer.wrap(images.pixels()),
                dimensions(images),
                OnnxJavaType.UINT8)
            : tensor(images)) {
      return run(session, image);
    }
  }

  private static Result run(OrtSession session, OnnxTensor image) throws OrtException {
    try (OrtSession.Result outputs = session.run(Map.of("image", image))) {
      OnnxTensor logits = (OnnxTensor) outputs.get("logits").orElseThrow();
      OnnxTensor probabilities = (OnnxTensor) outputs.get("probabilities").orElseThrow();
      long[] shape = logits.getInfo().getShape();
      assertArrayEquals(shape, probabilities.getInfo().getShape());
      assertEquals(image.getInfo().getShape()[0], shape[0]);
      return new Result(
          logits.getFloatBuffer().array(), probabilities.getFloatBuffer().array(), (int) shape[1]);
    }
  }

  private static OnnxTensor tensor(ImageSet images) throws OrtException {
    FloatBuffer values = FloatBuffer.allocate(images.pixels().length);
    for (byte pixel : images.pixels()) {
      values.put((pixel & 0xFF) / 255f);
    }
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), values.flip(), dimensions(images));
  }

  private static long[] dimensions(ImageSet images) {
    Shape shape = images.shape();
    return new long[] {images.count(), shape.channels(), shape.height(), shape.width()};
  }

  private static void assertValue(NodeInfo info, OnnxJavaType type, long... shape) {
    TensorInfo tensor = (TensorInfo) info.getInfo();
    assertEquals(type, tensor.type);
    assertArrayEquals(shape, tensor.getShape());
    assertEquals("N", tensor.getDimensionNames()[0]);
  }

  /** Differences at most {@value #TOLERANCE} of the root of the mean square of the logits. */
  private static void assertNear(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      squares += (double) expected[i] * expected[i];
      largest = Math.max(largest, Math.abs((double) expected[i] - actual[i]));
      assertTrue(Float.isFinite(actual[i]), () -> Arrays.toString(actual));
    }
    double error = largest / Math.sqrt(squares / expected.length);
    assertTrue(error <= TOLERANCE, () -> "off by " + error);
  }

  private static void assertProbabilities(Result result) {
    for (int row = 0; row < result.logits.length; row += result.classes) {
      double exponentials = 0;
      double sum = 0;
      for (int c = row; c < row + result.classes; c++) {
        exponentials += Math.exp(result.logits[c]);
        sum += result.probabilities[c];
      }
      assertEquals(1, sum, 1e-6);
      for (int c = row; c < row + result.classes; c++) {
        assertEquals(Math.exp(result.logits[c]) / exponentials, result.probabilities[c], 1e-6);
      }
    }
  }
}
