///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS org.aparanet:aparanet:0.1.0-SNAPSHOT
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

import java.util.List;
import java.util.Random;
import org.aparanet.Predictor;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.data.ImageSets;
import org.aparanet.model.Shape;

/** Trains on images from arrays: stripes that are drawn here, in one of three directions. */
class OwnArrays {
  private static final int SIDE = 16;
  private static final List<String> DIRECTIONS = List.of("across", "down", "diagonal");

  public static void main(String[] args) {
    Random random = new Random(1);
    int count = 1500;
    float[] pixels = new float[count * SIDE * SIDE]; // image after image, row after row
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(DIRECTIONS.size());
      float[] image = stripes(labels[i], random);
      System.arraycopy(image, 0, pixels, i * image.length, image.length);
    }

    ImageSet images = ImageSets.of("stripes", new Shape(1, SIDE, SIDE), pixels, labels, DIRECTIONS);
    DataSet stripes = DataSet.of(images, 0.2, 1); // a fifth is to measure with
    Training.Result result =
        Training.network("conv 8 5 relu, pool 2, dense 3").epochs(5).batch(16).seed(1).run(stripes);

    System.out.println("test accuracy " + result.accuracy());
    try (Predictor predictor = Predictor.open(result.model())) {
      for (int label = 0; label < DIRECTIONS.size(); label++) {
        float[] image = stripes(label, random);
        System.out.println(DIRECTIONS.get(label) + ": " + predictor.predict(image));
      }
    }
  }

  /** One image: stripes of random width and place, under noise. */
  private static float[] stripes(int direction, Random random) {
    float[] image = new float[SIDE * SIDE];
    double width = 2 + 2 * random.nextDouble();
    double shift = SIDE * random.nextDouble();
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double along = direction == 0 ? y : direction == 1 ? x : (x + y) / Math.sqrt(2);
        double stripe = 0.5 + 0.25 * Math.sin(Math.PI * (along + shift) / width);
        double noise = 0.25 * (2 * random.nextDouble() - 1);
        image[y * SIDE + x] = (float) (stripe + noise); // from 0 to 1
      }
    }
    return image;
  }
}
