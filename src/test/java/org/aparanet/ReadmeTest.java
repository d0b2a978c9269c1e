package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.aparanet.data.DataSets;
import org.aparanet.data.ImageSet;
import org.aparanet.data.Split;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of Java that README shows run as they stand there, and stand in an example. */
class ReadmeTest {
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");
  private static final String IMPORTS =
      """
      import java.io.File;
      import java.nio.file.Path;
      import javax.imageio.ImageIO;
      import org.aparanet.Predictor;
      import org.aparanet.Training;
      import org.aparanet.data.DataSet;
      import org.aparanet.data.DataSets;
      import org.aparanet.model.Model;
      """;

  @TempDir private Path folder;

  @Test
  void linesOfJavaTrainSaveAndPredict() throws IOException, InterruptedException {
    Files.createSymbolicLink(folder.resolve("data"), Path.of("data").toAbsolutePath());
    ImageIO.write(seven(), "png", folder.resolve("seven.png").toFile());
    Path source = folder.resolve("Readme.java");
    Files.writeString(
        source,
        IMPORTS
            + "class Readme {\n  public static void main(String[] args) throws Exception {\n"
            + lines()
            + "}}\n");

    // Java compiles a single source file and runs it
    ChildJvm.Outcome outcome =
        ChildJvm.run(folder, Map.of(), ChildJvm.command(VECTORS, source.toString(), List.of()));

    assertEquals(0, outcome.status(), outcome::err);
    assertTrue(outcome.out().matches("7 \\((99|100)\\.[0-9]{2} %\\)\\R"), outcome::out);
    Model model = ModelFile.load(folder.resolve("digits.safetensors"));
    assertEquals("conv 16 3 nobias, pool 2, dense 10", model.network().text());
  }

  @Test
  void anExampleHasTheSameLines() throws IOException {
    String example =
        Files.readString(Path.of("docs", "examples", "TrainAndPredict.java"))
            .replaceAll("(?m)^    ", "");
    assertTrue(example.contains(lines().replaceAll("(?m)^    ", "")), example);
  }

  /** The first seven of the test images, which no training has seen. */
  private static BufferedImage seven() {
    ImageSet test = DataSets.openSplit("mnist", Path.of("data"), Split.TEST);
    int seven =
        IntStream.range(0, test.count()).filter(i -> test.label(i) == 7).findFirst().orElseThrow();
    byte[] pixels = test.only(seven).pixels();
    int width = test.shape().width();
    BufferedImage image =
        new BufferedImage(width, test.shape().height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < pixels.length; i++) {
      image.getRaster().setSample(i % width, i / width, 0, pixels[i] & 0xFF);
    }
    return image;
  }

  /** The indented lines of README's section on Java. */
  private static String lines() throws IOException {
    String section = Files.readString(Path.of("README.md")).split("\n## From Java\n", 2)[1];
    String lines =
        section
            .lines()
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("    "))
            .collect(Collectors.joining("\n", "", "\n"));
    assertTrue(lines.contains("Training.network"), lines);
    return lines;
  }
}
