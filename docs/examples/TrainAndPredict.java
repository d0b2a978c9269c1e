///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS org.aparanet:aparanet:0.1.0-SNAPSHOT
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.aparanet.Predictor;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.data.ImageSet;
import org.aparanet.data.Split;
import org.aparanet.model.Model;

/**
 * Trains a network on MNIST, saves it as {@code digits.safetensors}, and reads the digit in {@code
 * seven.png} with it. Put a picture of your own there: light ink on dark paper. If there is none,
 * MNIST lends one while the program runs.
 */
class TrainAndPredict {
  public static void main(String[] args) throws IOException {
    lend(new File("seven.png"));

    DataSet mnist = DataSets.open("mnist", Path.of("data"));
    Model model = Training.network("conv 16 3 nobias, pool 2, dense 10")
        .epochs(2).batch(8).learningRate(0.07).seed(1).device("auto").run(mnist).model();
    model.save(Path.of("digits.safetensors"));
    try (Predictor digits = Predictor.open(Path.of("digits.safetensors"))) {
      System.out.println(digits.predict(ImageIO.read(new File("seven.png"))));
    }
  }

  /** Writes a test image, which no training has seen, where there is no picture yet. */
  private static void lend(File picture) throws IOException {
    if (picture.exists()) {
      return;
    }
    ImageSet test = DataSets.openSplit("mnist", Path.of("data"), Split.TEST);
    int seven = 0;
    while (test.label(seven) != 7) {
      seven++;
    }
    byte[] pixels = test.only(seven).pixels();
    int width = test.shape().width();
    int height = test.shape().height();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < pixels.length; i++) {
      image.getRaster().setSample(i % width, i / width, 0, pixels[i] & 0xFF);
    }
    ImageIO.write(image, "png", picture);
    picture.deleteOnExit();
  }
}
