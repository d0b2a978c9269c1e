package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder of images gets where no network is named: the preset photos. */
class PhotosTest {
  @TempDir static Path folder;
  private static String photos;

  /** Discs and bars of any colour on any ground, of 16 x 16 pixels. */
  @BeforeAll
  static void draw() throws IOException {
    Random random = new Random(1);
    photos = folder.resolve("photos").toString();
    for (String name : new String[] {"bar", "disc"}) {
      Path images = Files.createDirectories(Path.of(photos, name));
      for (int i = 0; i < 130; i++) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.6f, 0.5f));
        graphics.fillRect(0, 0, 16, 16);
        graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.6f, random.nextFloat()));
        int x = random.nextInt(9);
        int y = random.nextInt(9);
        if (name.equals("disc")) {
          graphics.fillOval(x, y, 8, 8);
        } else {
          graphics.fillRect(x, y, 3, 8);
        }
        graphics.dispose();
        assertTrue(ImageIO.write(image, "png", images.resolve("image" + i + ".png").toFile()));
      }
    }
  }

  @Test
  void nothingNeedsToBeSaid() {
    CommandRun run = CommandRun.of("train", "--data", photos, "--device", "cpu", "--epochs", 20);

    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("of 3x16x16 in 2 classes; photos validation: "), run.err());
    assertTrue(run.err().contains("no network is named; using --preset photos"), run.err());
    assertTrue(run.err().contains("epochs 20, batch 8, learning rate 0.0125"), run.err());
    assertTrue(run.err().contains("augment shift 1, flip, cutout 5"), run.err());
    double percent =
        Double.parseDouble(run.out().replaceAll("(?s)test accuracy ([0-9.]+) .*", "$1"));
    assertTrue(percent >= 90, run.out());
  }

  @Test
  void theLastLayerMayHaveARateOfItsOwn() {
    CommandRun run =
        CommandRun.of(
            ("train --device cpu --epochs 1 --preset photos --head-rate 0.2 --data " + photos)
                .split(" "));

    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("batch 8, learning rate 0.0125, seed 1"), run.err());
    assertTrue(run.err().contains(", head rate 0.2, optimizer nesterov"), run.err());
  }

  @Test
  void aNetworkOfItsOwnGetsNothingOfIt() {
    CommandRun run =
        CommandRun.of(
            "train",
            "--device",
            "cpu",
            "--epochs",
            1,
            "--network",
            "pool 4, dense 2",
            "--data",
            photos);

    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("of 3x32x32 in 2 classes; photos test: "), run.err());
    assertTrue(run.err().contains("epochs 1, batch 64, learning rate 0.05, seed 1\n"), run.err());
    assertFalse(run.err().contains("preset"), run.err());
  }

  /** In the model's own size, which nobody has to say. */
  @Test
  void aModelLearnsOtherClassesWithALastLayerOfItsOwn() throws IOException {
    Path model = folder.resolve("digits.safetensors");
    Path other = folder.resolve("other.safetensors");
    Network network = NetworkText.parse(new Shape(1, 12, 12), "conv 4 3 relu, pool 2, dense 10");
    float[] parameters = Initialization.HE.draw(network, 3);
    new Model(network, parameters, List.of()).save(model);

    CommandRun run =
        CommandRun.of(
            ("train --device cpu --epochs 1 --learning-rate 0.00001 --weights " + model)
                .concat(" --output " + other + " --data " + photos)
                .split(" "));

    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.err()
            .contains(
                model
                    + " has learned other classes: its last layer, dense 10, is replaced by a new"
                    + " one, dense 2"),
        run.err());
    assertTrue(run.err().contains("of 1x12x12 in 2 classes"), run.err());
    Model trained = ModelFile.load(other);
    assertEquals("conv 4 3 relu, pool 2, dense 2", trained.network().text());
    assertEquals(List.of("bar", "disc"), trained.classNames());
    for (int i = 0; i < 4 * 9; i++) { // hardly moved by a tiny rate
      assertEquals(parameters[i], trained.parameters()[i], 0.01, "filter weight " + i);
    }
  }

  @Test
  void aRunThatIsResumedEndsAsOneThatWasNot() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    Path whole = folder.resolve("whole.safetensors");
    Path resumed = folder.resolve("resumed.safetensors");
    CommandRun first =
        CommandRun.of(
            ("train --device cpu --threads 1 --limit 100 --epochs 3 --data " + photos)
                .concat(" --checkpoint " + checkpoints + " --output " + whole)
                .split(" "));
    assertEquals(0, first.status(), first.err());
    try (Stream<Path> files = Files.list(checkpoints)) {
      Files.delete(
          files
              .filter(file -> file.toString().endsWith("tensors"))
              .max(Comparator.naturalOrder())
              .get());
    }

    CommandRun run = CommandRun.of("train", "--resume", checkpoints, "--output", resumed);

    assertEquals(0, run.status(), run.err());
    assertArrayEquals(
        ModelFile.load(whole).parameters(), ModelFile.load(resumed).parameters(), run.err());
  }
}
