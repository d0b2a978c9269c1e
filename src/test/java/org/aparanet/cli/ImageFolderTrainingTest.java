package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.aparanet.ChildJvm;
import org.aparanet.model.ModelFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own photographs, from a folder to predictions. */
class ImageFolderTrainingTest {
  private static final List<String> CLASSES = List.of("disc", "frame", "stripes", "tile");
  private static final Pattern ACCURACY = Pattern.compile("test accuracy (\\d+\\.\\d\\d) %");

  @TempDir static Path folder;
  private static Path images;
  private static Path model;
  private static CommandRun training;

  /** 200 JPEGs of four shapes of any colour, size and place; and three files that are no images. */
  @BeforeAll
  static void train() throws IOException {
    images = folder.resolve("shapes");
    Random random = new Random(1);
    for (String name : CLASSES) {
      Files.createDirectories(images.resolve(name));
      for (int i = 0; i < 50; i++) {
        draw(name, images.resolve(name).resolve("image" + i + ".jpg"), random);
      }
    }
    Files.writeString(images.resolve("disc").resolve("broken.jpg"), "this is no image");
    Files.createFile(images.resolve("frame").resolve("empty.jpg"));
    makeHuge(images.resolve("tile").resolve("huge.png"));
    model = folder.resolve("shapes.safetensors");
    training =
        run(
            "train",
            "--data",
            images.toString(),
            "--input",
            "3x20x20",
            "--network",
            "conv 8 3 relu, pool 2, conv 16 3 relu, pool 2, dense 4",
            "--batch",
            "8",
            "--epochs",
            "30",
            "--learning-rate",
            "0.05",
            "--device",
            "cpu",
            "--output",
            model.toString());
  }

  private static void draw(String name, Path file, Random random) throws IOException {
    int width = 48 + random.nextInt(32);
    int height = 48 + random.nextInt(32);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.5f, 0.2f));
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.3f, 0.9f));
    int size = 36 + random.nextInt(8);
    int x = random.nextInt(width - size);
    int y = random.nextInt(height - size);
    switch (name) {
      case "disc" -> graphics.fillOval(x, y, size, size);
      case "tile" -> graphics.fillRect(x, y, size, size);
      case "frame" -> {
        for (int i = 0; i < 5; i++) {
          graphics.drawRect(x + i, y + i, size - 2 * i, size - 2 * i);
        }
      }
      default -> {
        for (int row = 0; row < size; row += 12) {
          graphics.fillRect(x, y + row, size, 6);
        }
      }
    }
    graphics.dispose();
    assertTrue(ImageIO.write(image, "jpg", file.toFile()));
  }

  /** A PNG whose header announces 60,000 x 60,000 pixels. */
  private static void makeHuge(Path file) throws IOException {
    makeLarge(file, 60_000);
  }

  /** An image that says it is large, but holds next to nothing. */
  private static void makeLarge(Path file, int side) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    assertTrue(ImageIO.write(image, "png", file.toFile()));
    byte[] content = Files.readAllBytes(file);
    ByteBuffer png = ByteBuffer.wrap(content).putInt(16, side).putInt(20, side);
    CRC32 crc = new CRC32();
    crc.update(content, 12, 17); // the header's type and data
    png.putInt(29, (int) crc.getValue());
    Files.write(file, content);
  }

  private static double accuracy(CommandRun run) {
    Matcher found = ACCURACY.matcher(run.out());
    assertTrue(found.find(), run.out() + run.err());
    return Double.parseDouble(found.group(1));
  }

  @Test
  void learnsTheClasses() {
    assertEquals(0, training.status(), training.err());
    assertTrue(accuracy(training) >= 80, training.out() + training.err());
    assertEquals(CLASSES, ModelFile.load(model).classNames());
  }

  /** Decoders wrap the error, and an image that is fine would be left out as damaged. */
  @Test
  void anImageThatDoesNotFitTheMemoryEndsATraining() throws Exception {
    Path set = Files.createDirectories(folder.resolve("large"));
    for (String name : List.of("a", "b")) {
      Files.createDirectories(set.resolve(name));
      for (int i = 0; i < 10; i++) {
        draw("disc", set.resolve(name).resolve("image" + i + ".jpg"), new Random(i));
      }
    }
    Path large = set.resolve("a/large.png");
    makeLarge(large, 9_000);

    ChildJvm.Outcome training = inSmallHeap("train", "--data", "" + set, "--network", "dense 2");
    assertEquals(1, training.status(), training.err());
    assertEquals("", training.out());
    String sentence =
        "aparanet: "
            + large
            + " has 9000 x 9000 pixels, for which Java's heap of 64 MiB is too small; give it more,"
            + " with -Xmx in the environment variable APARANET_JAVA_OPTIONS or after java";
    assertEquals(sentence, last(training.err()));
    assertFalse(training.err().contains("left out"), training.err());

    ChildJvm.Outcome prediction = inSmallHeap("predict", "" + model, "" + large);
    assertEquals(1, prediction.status());
    assertEquals(sentence, last(prediction.err()));
  }

  /** What does not fit is the set, so that a smaller batch would not help; it is to be there. */
  @Test
  void imagesThatDoNotFitTheMemoryAreNamed() throws Exception {
    ChildJvm.Outcome mnist =
        inSmallHeap(
            List.of("-Daparanet.data.memory=1g"),
            List.of("train", "--batch", "1", "--network", "dense 10", "--limit", "10"));
    assertEquals(1, mnist.status(), mnist.err());
    assertEquals(
        "aparanet: the images of mnist do not fit into Java's heap of 64 MiB; use a larger heap with"
            + " the environment variable APARANET_JAVA_OPTIONS=-Xmx2g",
        last(mnist.err()));
  }

  private static ChildJvm.Outcome inSmallHeap(String... arguments) throws Exception {
    return inSmallHeap(List.of(), List.of(arguments));
  }

  private static ChildJvm.Outcome inSmallHeap(List<String> more, List<String> arguments)
      throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of("-Xmx64m", "-XX:+UseG1GC", "--add-modules", "jdk.incubator.vector"));
    options.addAll(more);
    return ChildJvm.run(options, Map.of(), Main.class.getName(), arguments);
  }

  private static String last(String text) {
    return text.lines().reduce((first, second) -> second).orElse("");
  }

  @Test
  void namesWhatItLeavesOutAndGoesOn() {
    String err = training.err();

    assertTrue(err.contains("broken.jpg is not an image"), err);
    assertTrue(err.contains("empty.jpg is not an image"), err);
    assertTrue(
        err.contains("huge.png has 60000 x 60000 pixels; at most 100 megapixels are allowed"), err);
    assertTrue(err.contains("resized to 3x20x20"), err);
    int used = 0;
    Matcher counts = Pattern.compile("(train|test): (\\d+) images of disc").matcher(err);
    while (counts.find()) {
      used += Integer.parseInt(counts.group(2));
    }
    assertEquals(200, used, err);
  }

  @Test
  void evaluatesWithTheSameTestImagesAtTheModelsSize() {
    CommandRun evaluation =
        run("evaluate", model.toString(), "--data", images.toString(), "--device", "cpu");

    assertEquals(0, evaluation.status(), evaluation.err());
    assertEquals(accuracy(training), accuracy(evaluation));
  }

  @Test
  void predictsNamesOfImageFiles() {
    int right = 0;
    for (String name : CLASSES) {
      Path file = images.resolve(name).resolve("image0.jpg");
      CommandRun prediction = run("predict", model.toString(), file.toString(), "--device", "cpu");
      assertEquals(0, prediction.status(), prediction.err());
      List<String> lines = prediction.out().lines().toList();
      assertEquals(5, lines.size(), prediction.out());
      right += lines.get(0).matches("\\Q" + file + "\\E: class \\d " + name) ? 1 : 0;
      assertTrue(lines.get(1).matches("    0  \\d\\.\\d{6}  disc"), lines.get(1));
    }
    assertTrue(right >= 3, right + " of 4 are right");
  }

  @Test
  void predictsImagesOfTheTestPart() {
    CommandRun prediction =
        run("predict", model.toString(), "0", "--data", images.toString(), "--device", "cpu");

    assertEquals(0, prediction.status(), prediction.err());
    assertTrue(
        prediction.out().matches("(?s)shapes test 0: class \\d \\w+ \\(labelled \\d \\w+\\)\\R.*"),
        prediction.out());
  }

  @Test
  void aFolderOfOtherClassesIsNoTestForTheModel() throws IOException {
    Path others = folder.resolve("others");
    for (String name : List.of("disc", "star")) {
      Files.createDirectories(others.resolve(name));
      for (int i = 10; i < 20; i++) {
        draw("disc", others.resolve(name).resolve(i + ".jpg"), new Random(i));
      }
    }

    CommandRun evaluation =
        run("evaluate", model.toString(), "--data", others.toString(), "--device", "cpu");

    assertEquals(1, evaluation.status());
    assertTrue(
        evaluation
            .err()
            .endsWith(
                "aparanet: the model's classes are disc, frame, stripes, tile, but those of others test"
                    + " are disc, star"
                    + System.lineSeparator()),
        evaluation.err());
    assertFalse(evaluation.err().contains("\tat "), evaluation.err());
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of((Object[]) arguments);
  }
}
