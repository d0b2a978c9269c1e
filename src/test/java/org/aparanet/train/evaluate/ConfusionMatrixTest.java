package org.aparanet.train.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** Against figures worked out by hand. */
class ConfusionMatrixTest {

  /**
   *
   *
   * <pre>
   *      predicted  0  1  2  3
   * true 0          2  1  0  0
   *      1          0  1  2  0
   *      2          0  0  0  1     class 3 is none of the images' classes
   * </pre>
   */
  private final ConfusionMatrix matrix =
      new ConfusionMatrix(images(3, 0, 0, 0, 1, 1, 1, 2), taken(0, 1, 0, 2, 1, 2, 3));

  @Test
  void countsCells() {
    int[][] expected = {{2, 1, 0, 0}, {0, 1, 2, 0}, {0, 0, 0, 1}, {0, 0, 0, 0}};

    assertEquals(4, matrix.classes());
    for (int truth = 0; truth < 4; truth++) {
      for (int predicted = 0; predicted < 4; predicted++) {
        assertEquals(expected[truth][predicted], matrix.count(truth, predicted));
      }
    }
    assertEquals(new Accuracy(3, 7), matrix.accuracy());
    assertEquals(List.of(3, 3, 1, 0), IntStream.range(0, 4).map(matrix::support).boxed().toList());
  }

  @Test
  void precisionRecallAndTheirHarmonicMean() {
    assertEquals(1, matrix.precision(0).orElseThrow());
    assertEquals(2 / 3.0, matrix.recall(0).orElseThrow());
    assertEquals(0.8, matrix.f1(0).orElseThrow(), 1e-15);
    assertEquals(1 / 2.0, matrix.precision(1).orElseThrow());
    assertEquals(1 / 3.0, matrix.recall(1).orElseThrow());
    assertEquals(0.4, matrix.f1(1).orElseThrow(), 1e-15);
    assertEquals(0, matrix.precision(2).orElseThrow());
    assertEquals(0, matrix.recall(2).orElseThrow());
    assertEquals(0, matrix.f1(2).orElseThrow());
  }

  @Test
  void whatHasADenominatorOfZeroIsEmpty() {
    ConfusionMatrix one = new ConfusionMatrix(images(3, 0, 1), taken(0, 0));

    assertEquals(OptionalDouble.empty(), matrix.recall(3)); // no image is of class 3
    assertEquals(OptionalDouble.of(0), matrix.f1(3));
    assertEquals(OptionalDouble.empty(), one.precision(1)); // no image was taken for 1
    assertEquals(OptionalDouble.of(0), one.recall(1));
    assertEquals(OptionalDouble.empty(), one.f1(2));
  }

  @Test
  void confusionsComeMostOftenFirst() {
    assertEquals(
        List.of(
            new ConfusionMatrix.Confusion(1, 2, 2),
            new ConfusionMatrix.Confusion(0, 1, 1),
            new ConfusionMatrix.Confusion(2, 3, 1)),
        matrix.confusions());
  }

  @Test
  void eachImageNeedsAPrediction() {
    assertThrows(
        IllegalArgumentException.class, () -> new ConfusionMatrix(images(2, 0, 1), taken(0)));
  }

  private static ImageSet images(int classes, int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return new ImageSet("test", new Shape(1, 1, 1), new byte[labels.length], bytes, classes);
  }

  private static List<Prediction> taken(int... predicted) {
    return IntStream.of(predicted).mapToObj(c -> new Prediction(c, new double[4])).toList();
  }
}
