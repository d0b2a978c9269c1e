package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/**
 * A model of one grey pixel whose outputs are known: the logits are 2, 1, 0 for a black image and
 * -2, 1, 0 for a white one, so that the probabilities are 0.6652, 0.2447, 0.0900 and 0.0351,
 * 0.7054, 0.2595.
 */
final class SmallModel {
  static final List<String> CLASSES = List.of("cat", "dog, small", "fish");

  private SmallModel() {}

  static Path write(Path file) {
    Network network = NetworkText.parse(new Shape(1, 1, 1), "dense 3");
    new Model(network, new float[] {-4, 0, 0, 2, 1, 0}, CLASSES).save(file);
    return file;
  }

  /** A black or white PNG in colours, with the folders around it. */
  static Path image(Path file, boolean white) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, white ? 0xFFFFFF : 0);
    }
    assertTrue(ImageIO.write(image, "png", file.toFile()));
    return file;
  }
}
