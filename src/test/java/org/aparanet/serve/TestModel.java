package org.aparanet.serve;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.aparanet.Predictor;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/**
 * A model of one grey pixel whose outputs are known: the probabilities are 0.6652, 0.2447, 0.0900
 * for a black image and 0.0351, 0.7054, 0.2595 for a white one.
 */
final class TestModel {
  static final Shape SHAPE = new Shape(1, 1, 1);

  private TestModel() {}

  static Model model() {
    Network network = NetworkText.parse(SHAPE, "dense 3");
    return new Model(network, new float[] {-4, 0, 0, 2, 1, 0}, List.of("cat", "dog", "fish"));
  }

  /** The model on the Java engine, with a black and a white image. */
  static ServedModel served() {
    ImageSet images = new ImageSet("two", SHAPE, new byte[] {0, -1}, new byte[] {0, 1}, 3);
    return new ServedModel(
        "small", Predictor.of(model()).device("cpu").open(), Optional.of(images));
  }

  /** A picture of one colour, as a file of a format. */
  static byte[] picture(String format, boolean white) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, white ? 0xFFFFFF : 0);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IllegalStateException("Java cannot write " + format);
    }
    return bytes.toByteArray();
  }
}
