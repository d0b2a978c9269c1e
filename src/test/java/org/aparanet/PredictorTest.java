package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.Engines;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;
import org.aparanet.train.evaluate.Evaluation;
import org.aparanet.train.evaluate.Prediction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PredictorTest {
  private static final Shape INPUT = new Shape(1, 12, 12);
  private static final ImageSet IMAGES = images(70);

  @TempDir Path folder;

  private static ImageSet images(int count) {
    byte[] pixels = new byte[count * INPUT.size()];
    new Random(1).nextBytes(pixels);
    return new ImageSet("noise", INPUT, pixels, new byte[count], 5);
  }

  @Test
  void anInterruptedThreadGetsTheSameAnswers() throws IOException {
    Path file = folder.resolve("image.png");
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 3, 0xFFFFFF);
    assertTrue(ImageIO.write(image, "png", file.toFile()));
    Path model = folder.resolve("model");
    model("dense 5").save(model);
    try (Predictor predictor = Predictor.of(model).device("cpu").open()) {
      double[] expected = predictor.predict(file).probabilities();
      Thread.currentThread().interrupt();
      assertArrayEquals(expected, predictor.predict(file).probabilities());
      assertArrayEquals(expected, predictor.predictFiles(List.of(file)).get(0).probabilities());
      try (Predictor opened = Predictor.of(model).device("cpu").open()) {
        assertArrayEquals(expected, opened.predict(file).probabilities());
      }
      assertTrue(Thread.interrupted(), "the thread still is interrupted");
    } finally {
      Thread.interrupted();
    }
  }

  private static Model model(String text) {
    Network network =
        NetworkText.parse(INPUT, text)
            .withNormalization(Optional.of(new PixelNormalization(List.of(0.4f), List.of(0.3f))));
    return new Model(
        network, Initialization.HE.draw(network, 3), List.of("ant", "bee", "cat", "dog", "eel"));
  }

  /** Networks with channels in the lanes for few images, and one that has images there always. */
  private static Stream<Model> models() {
    return Stream.of(
        model("conv 6 3 same relu, pool 2, conv 9 3 relu, dense 20 relu, dense 5"),
        model("conv 6 3 nobias, batchnorm relu, pool 2, dropout 0.3, dense 5"));
  }

  private static float[] pixels(int image) {
    float[] pixels = new float[INPUT.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (IMAGES.pixels()[image * INPUT.size() + i] & 0xFF) / 255f;
    }
    return pixels;
  }

  private static void answersAsEvaluation(Model model, String device) {
    List<Prediction> expected;
    try (Engines.Opened opened =
        new Engines(1).open(DeviceChoice.parse(device), model.network(), 32)) {
      Session session = opened.session();
      session.setParameters(model.parameters());
      expected = new Evaluation(session, IMAGES).predictions();
    }
    try (Predictor predictor = Predictor.of(model).device(device).threads(2).batch(32).open()) {
      List<Classification> all = predictor.predictSet(IMAGES);
      assertEquals(IMAGES.count(), all.size());
      for (int i = 0; i < all.size(); i++) {
        assertSame(expected.get(i), all.get(i), model);
        assertSame(expected.get(i), predictor.predict(pixels(i)), model);
      }
      List<float[]> some = List.of(pixels(8), pixels(3), pixels(69));
      List<Classification> few = predictor.predictPixels(some);
      assertSame(expected.get(8), few.get(0), model);
      assertSame(expected.get(69), few.get(2), model);
    }
  }

  private static void assertSame(Prediction expected, Classification found, Model model) {
    assertEquals(expected.predicted(), found.label());
    assertEquals(model.classNames().get(found.label()), found.name());
    assertArrayEquals(expected.probabilities(), found.probabilities(), 1e-6);
    assertEquals(found.probabilities()[found.label()], found.probability());
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersAsEvaluationOnTheJavaEngine(Model model) {
    answersAsEvaluation(model, "cpu");
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersAsEvaluationOnADevice(Model model) {
    OpenClTestDevice.engine(HostMemory.SHARED); // or this is skipped
    answersAsEvaluation(model, "opencl:0");
  }

  @ParameterizedTest
  @MethodSource("models")
  void givesTheSameBitsWhateverOtherThreadsDo(Model model) throws Exception {
    try (Predictor predictor = Predictor.of(model).device("cpu").threads(3).batch(16).open()) {
      List<double[]> one =
          IntStream.range(0, IMAGES.count())
              .mapToObj(i -> predictor.predict(pixels(i)).probabilities())
              .toList();
      List<double[]> many =
          predictor.predictSet(IMAGES).stream().map(Classification::probabilities).toList();
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Future<Void>> ends = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int thread = t;
        Callable<Void> task =
            () -> {
              for (int i = 0; i < 60; i++) {
                int image = (i * 7 + thread) % IMAGES.count();
                assertArrayEquals(
                    one.get(image), predictor.predict(pixels(image)).probabilities(), 0);
                if (i % 10 == thread) {
                  List<Classification> set = predictor.predictSet(IMAGES);
                  assertArrayEquals(many.get(image), set.get(image).probabilities(), 0);
                }
              }
              return null;
            };
        ends.add(threads.submit(task));
      }
      for (Future<Void> end : ends) {
        end.get();
      }
      threads.shutdown();
    }
  }

  @Test
  void takesImagesAndFiles() throws IOException {
    Model model = models().findFirst().orElseThrow();
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    BufferedImage image = new BufferedImage(12, 12, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage inverted = new BufferedImage(12, 12, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < INPUT.size(); i++) {
      int value = IMAGES.pixels()[i] & 0xFF;
      image.getRaster().setSample(i % 12, i / 12, 0, value);
      inverted.getRaster().setSample(i % 12, i / 12, 0, 255 - value);
    }
    Path picture = folder.resolve("picture.png");
    ImageIO.write(image, "png", picture.toFile());
    Path negative = folder.resolve("negative.png");
    ImageIO.write(inverted, "png", negative.toFile());
    try (Predictor predictor = Predictor.open(file);
        Predictor inverting = Predictor.of(file).device("cpu").invert(true).open()) {
      Classification expected = predictor.predict(pixels(0));
      assertArrayEquals(expected.probabilities(), predictor.predict(image).probabilities(), 0);
      assertArrayEquals(expected.probabilities(), predictor.predict(picture).probabilities(), 0);
      assertArrayEquals(
          expected.probabilities(), inverting.predict(inverted).probabilities(), 1e-6);
      assertArrayEquals(
          expected.probabilities(), inverting.predict(negative).probabilities(), 1e-6);
      assertEquals(expected.toString(), predictor.predictImages(List.of(image)).get(0).toString());
      assertEquals(expected.label(), predictor.predictFiles(List.of(picture)).get(0).label());
      assertEquals(List.of(), predictor.predictFiles(List.of()));
      assertTrue(expected.toString().matches("(ant|bee|cat|dog|eel) \\([0-9]+\\.[0-9]{2} %\\)"));
    }
  }

  @Test
  void refusesUseAfterClose() {
    Predictor predictor = Predictor.of(models().findFirst().orElseThrow()).device("cpu").open();
    predictor.close();
    predictor.close();
    for (Runnable use :
        List.<Runnable>of(() -> predictor.predict(pixels(0)), () -> predictor.predictSet(IMAGES))) {
      assertEquals(
          "the predictor is closed",
          assertThrows(IllegalStateException.class, use::run).getMessage());
    }
  }

  @Test
  void refusesWhatIsNoImageForTheNetwork() {
    try (Predictor predictor =
        Predictor.of(models().findFirst().orElseThrow()).device("cpu").open()) {
      assertRefused(
          "an image of 3 pixels; the network takes 12x12 pixels, which is 144",
          () -> predictor.predict(new float[3]),
          INPUT);
      float[] bright = new float[144];
      bright[7] = 1.5f;
      assertRefused(
          "pixel 7 is 1.5; pixels are from 0 to 1", () -> predictor.predict(bright), INPUT);
      assertRefused(
          "image 1: pixel 7 is 1.5; pixels are from 0 to 1",
          () -> predictor.predictPixels(List.of(pixels(0), bright)),
          INPUT);
      assertRefused(
          "the image is null, which is what ImageIO.read gives for a file that is no image",
          () -> predictor.predict((BufferedImage) null),
          INPUT);
      bright[7] = Float.NaN;
      assertRefused(
          "pixel 7 is NaN; pixels are from 0 to 1", () -> predictor.predict(bright), INPUT);
    }
  }

  private static void assertRefused(String message, Runnable use, Shape input) {
    assertEquals(
        message.replace("12x12 pixels", input.toString()),
        assertThrows(IllegalArgumentException.class, use::run).getMessage());
  }

  @Test
  void refusesSettings() {
    Model model = models().findFirst().orElseThrow();
    assertEquals(
        "0 threads; there must be at least 1",
        assertThrows(IllegalArgumentException.class, () -> Predictor.of(model).threads(0))
            .getMessage());
    assertEquals(
        "100000000 images of a batch have too many pixels; for "
            + INPUT
            + " it may have at most 14913080",
        assertThrows(
                IllegalArgumentException.class, () -> Predictor.of(model).batch(100_000_000).open())
            .getMessage());
    assertEquals(
        "1025 threads; the Java engine takes 1 to 1024",
        assertThrows(IllegalArgumentException.class, () -> Predictor.of(model).threads(1025).open())
            .getMessage());
    assertEquals(
        "-1 images of a batch; there must be at least 1",
        assertThrows(IllegalArgumentException.class, () -> Predictor.of(model).batch(-1))
            .getMessage());
  }

  @Test
  void refusesOutputsThatAreNotFinite() {
    Network network = NetworkText.parse(INPUT, "dense 5");
    float[] parameters = new float[network.parameterCount()];
    parameters[0] = Float.MAX_VALUE;
    parameters[1] = Float.MAX_VALUE;
    Model huge = new Model(network, parameters);
    float[] white = new float[INPUT.size()];
    white[0] = 1;
    white[1] = 1;
    try (Predictor predictor = Predictor.of(huge).device("cpu").open()) {
      String message =
          assertThrows(EngineException.class, () -> predictor.predict(white)).getMessage();
      assertTrue(message.contains("gives an output that is not finite"), message);
      assertEquals("0", predictor.predict(new float[INPUT.size()]).name());
    }
  }
}
