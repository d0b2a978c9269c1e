package org.aparanet;

import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;

/** A training of three epochs of five steps, which takes no time. */
final class SmallTraining {
  static final DataSet SET = new DataSet(images("train", 40), images("test", 20));

  private SmallTraining() {}

  static Training begin() {
    return Training.network("conv 4 3, pool 2, dense 2")
        .epochs(3)
        .batch(8)
        .learningRate(0.1)
        .seed(1)
        .device("cpu")
        .threads(1);
  }

  /** Class 0 is dark, class 1 is bright. */
  private static ImageSet images(String name, int count) {
    byte[] pixels = new byte[count * 36];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      int label = i / 36 % 2;
      labels[i / 36] = (byte) label;
      pixels[i] = (byte) (label * 150 + i * 31 % 100);
    }
    return new ImageSet(name, new Shape(1, 6, 6), pixels, labels, 2);
  }
}
