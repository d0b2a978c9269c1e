package org.aparanet.train.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxCrossEntropyTest {

  @Test
  void twoRowsGiveTheLossAndGradientWorkedOutByHand() {
    // row 0: exp = 1, 2, 5 over 8, label 2; row 1: exp = 3, 1, 0 over 4 (nearly), label 1
    float[] logits = {0f, (float) Math.log(2), (float) Math.log(5), (float) Math.log(3), 0f, -200f};
    SoftmaxCrossEntropy loss = bound(3, 2, 1);
    float[] gradient = new float[6];

    assertTrue(loss.apply(logits, gradient, 0, 0, 2));

    assertEquals(Math.log(8.0 / 5) + Math.log(4), loss.lossSum(), 1e-6);
    assertEquals(1, loss.correct());
    assertArrayEquals(
        new float[] {
          1 / 16f, 2 / 16f, (5 / 8f - 1) / 2, 3 / 8f, (1 / 4f - 1) / 2, 0f,
        },
        gradient,
        1e-7f);
  }

  /** As PyTorch's cross_entropy defines it, written out in double precision. */
  @ParameterizedTest
  @ValueSource(floats = {0f, 0.1f, 0.25f, 0.9f})
  void smoothedLabelsGiveTheCrossEntropyWithASharedTarget(float smoothing) {
    float[] logits = {1.5f, -0.5f, 0.25f, 3f};
    int label = 2;
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(4, 1, smoothing);
    loss.bind(images(label), new int[] {0}, 0, 1);
    float[] gradient = new float[4];

    assertTrue(loss.apply(logits, gradient, 0, 0, 1));

    double share = smoothing;
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    double nll = -Math.log(Math.exp(logits[label]) / sum);
    double smooth = 0;
    for (int c = 0; c < 4; c++) {
      double probability = Math.exp(logits[c]) / sum;
      smooth -= Math.log(probability) / 4;
      double target = (c == label ? 1 - share : 0) + share / 4;
      assertEquals(probability - target, gradient[c], 1e-7);
    }
    assertEquals((1 - share) * nll + share * smooth, loss.lossSum(), 1e-12);
  }

  /** Two classes with equal logits: any target gives log 2, and gradients of 1/2 - target. */
  /** {@code cross_entropy(x, y, label_smoothing=0.1)} and its gradient, by PyTorch in float64. */
  @Test
  void smoothedLabelsGiveTheFiguresOfPyTorch() {
    float[] logits = {1.5f, -0.25f, 0.75f, 3f, -2f, 0.5f, 0.125f, -1f, 0f, 0f, 0f, 0f};
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(4, 3, 0.1f);
    loss.bind(images(2, 1, 3), new int[] {0, 1, 2}, 0, 3);
    float[] gradient = new float[12];

    assertTrue(loss.apply(logits, gradient, 0, 0, 3));

    assertEquals(1.5659674465780542, loss.lossSum() / 3, 1e-7);
    float[] expected = {
      0.046063306f, 0.0011193852f, -0.28263818f, 0.23545549f,
      0.0053989654f, -0.14103969f, 0.1066458f, 0.028994925f,
      0.075f, 0.075f, 0.075f, -0.225f
    };
    assertArrayEquals(expected, gradient, 1e-7f);
  }

  /**
   * Sum and gradient of {@code (cross_entropy(x, y, label_smoothing=s, reduction="none") *
   * w[y]).sum() / 3}, by PyTorch 2.6 in float64.
   */
  @Test
  void weightedClassesGiveTheFiguresOfPyTorch() {
    float[] logits = {1.5f, -0.25f, 0.75f, 3f, -2f, 0.5f, 0.125f, -1f, 0f, 0f, 0f, 0f};
    double[] weights = {1, 0.5, 2, 1.25};
    float[] gradient = new float[12];
    SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy(3, 0, weights);
    plain.bind(images(2, 1, 3), new int[] {0, 1, 2}, 0, 3);

    assertTrue(plain.apply(logits, gradient, 0, 0, 3));

    assertEquals(7.203245370408677, plain.lossSum(), 1e-7);
    float[] expected = {
      0.108793278f, 0.018905437f, -0.615276361f, 0.487577646f,
      0.006866149f, -0.083019843f, 0.057489565f, 0.018664129f,
      0.104166667f, 0.104166667f, 0.104166667f, -0.3125f
    };
    assertArrayEquals(expected, gradient, 1e-7f);

    SoftmaxCrossEntropy smoothed = new SoftmaxCrossEntropy(3, 0.1f, weights);
    smoothed.bind(images(2, 1, 3), new int[] {0, 1, 2}, 0, 3);
    assertTrue(smoothed.apply(logits, gradient, 0, 0, 3));
    assertEquals(7.157932870408677, smoothed.lossSum(), 1e-7);
    float[] ofSmoothed = {
      0.092126612f, 0.00223877f, -0.565276361f, 0.470910979f,
      0.002699483f, -0.070519843f, 0.053322898f, 0.014497462f,
      0.09375f, 0.09375f, 0.09375f, -0.28125f
    };
    assertArrayEquals(ofSmoothed, gradient, 1e-7f);
  }

  /** The gradient is that of the loss: by differences, in every logit. */
  @Test
  void theWeightedGradientIsTheSlopeOfTheWeightedLoss() {
    float[] logits = {1.5f, -0.25f, 0.75f, -2f, 0.5f, 0.125f};
    double[] weights = {0.25, 3, 0.75};
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(2, 0.2f, weights);
    loss.bind(images(1, 2), new int[] {0, 1}, 0, 2);
    float[] gradient = new float[6];
    loss.apply(logits, gradient, 0, 0, 2);
    float step = 1 / 256f;
    for (int i = 0; i < 6; i++) {
      float at = logits[i];
      logits[i] = at + step;
      loss.apply(logits, new float[6], 0, 0, 2);
      double above = loss.lossSum() / 2;
      logits[i] = at - step;
      loss.apply(logits, new float[6], 0, 0, 2);
      double below = loss.lossSum() / 2;
      logits[i] = at;
      assertEquals((above - below) / (2 * step), gradient[i], 1e-5);
    }
  }

  @Test
  void weightsOfOneChangeNoBit() {
    Random random = new Random(3);
    float[] logits = new float[64 * 7];
    int[] labels = new int[64];
    int[] order = new int[64];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian();
    }
    for (int row = 0; row < 64; row++) {
      labels[row] = random.nextInt(7);
      order[row] = row;
    }
    float[][] gradients = new float[2][logits.length];
    SoftmaxCrossEntropy[] losses = {
      new SoftmaxCrossEntropy(7, 64, 0.1f),
      new SoftmaxCrossEntropy(64, 0.1f, new double[] {1, 1, 1, 1, 1, 1, 1})
    };
    for (int i = 0; i < 2; i++) {
      losses[i].bind(images(labels), order, 0, 64);
      losses[i].apply(logits, gradients[i], 0, 0, 64);
    }
    assertArrayEquals(gradients[0], gradients[1]);
    assertEquals(losses[0].lossSum(), losses[1].lossSum());
  }

  @Test
  void smoothedLabelsWorkedOutByHand() {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(2, 1, 0.5f);
    loss.bind(images(1), new int[] {0}, 0, 1);
    float[] gradient = new float[2];

    assertTrue(loss.apply(new float[] {7, 7}, gradient, 0, 0, 1));

    assertEquals(Math.log(2), loss.lossSum(), 1e-15);
    assertArrayEquals(new float[] {0.25f, -0.25f}, gradient);
  }

  @Test
  void gradientOfARaggedBatchIsDividedByItsOwnCount() {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(2, 64);
    loss.bind(images(0), new int[] {0}, 0, 1);
    float[] gradient = new float[2];

    loss.apply(new float[] {0, 0}, gradient, 0, 0, 1);

    assertArrayEquals(new float[] {-0.5f, 0.5f}, gradient);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e4f, -1e4f, 3e38f, -3e38f})
  void hugeLogitsStayFinite(float huge) {
    SoftmaxCrossEntropy loss = bound(2, 0);
    float[] gradient = new float[2];

    assertTrue(loss.apply(new float[] {huge, 0}, gradient, 0, 0, 1));

    assertEquals(huge > 0 ? 0 : -(double) huge, loss.lossSum());
    assertArrayEquals(huge > 0 ? new float[] {0, 0} : new float[] {-1, 1}, gradient);
  }

  @Test
  void oppositeExtremesOfFloatDoNotOverflow() {
    SoftmaxCrossEntropy loss = bound(2, 0);

    assertTrue(loss.apply(new float[] {-Float.MAX_VALUE, Float.MAX_VALUE}, new float[2], 0, 0, 1));

    assertEquals(2.0 * Float.MAX_VALUE, loss.lossSum());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void nanInAnyPlaceIsReported(int place) {
    float[] logits = {1, 2, 3};
    logits[place] = Float.NaN;

    assertFalse(bound(3, 1).apply(logits, new float[3], 0, 0, 1));
  }

  @Test
  void infiniteLogitsAreReported() {
    assertFalse(bound(2, 1).apply(new float[] {Float.POSITIVE_INFINITY, 0}, new float[2], 0, 0, 1));
    assertFalse(bound(2, 1).apply(new float[] {0, Float.NEGATIVE_INFINITY}, new float[2], 0, 0, 1));
  }

  @Test
  void oneBadRowAmongGoodOnesIsReported() {
    assertFalse(
        bound(2, 0, 1, 0).apply(new float[] {1, 2, Float.NaN, 0, 3, 4}, new float[6], 0, 0, 3));
  }

  /** So many that they are worked on in several goes. */
  @ParameterizedTest
  @ValueSource(ints = {10, 100, 250})
  void slicesInAnyOrderGiveTheBitsOfTheWhole(int classes) {
    int rows = 37;
    Random random = new Random(5);
    int[] labels = random.ints(rows, 0, classes).toArray();
    float[] logits = new float[rows * classes];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (random.nextGaussian() * 20);
    }
    SoftmaxCrossEntropy whole = bound(classes, labels);
    float[] expected = new float[logits.length];
    whole.apply(logits, expected, 0, 0, rows);
    SoftmaxCrossEntropy sliced = bound(classes, labels);
    float[] gradient = new float[logits.length];

    for (int first = 32; first >= 0; first -= 8) {
      sliced.apply(logits, gradient, first * classes, first, Math.min(8, rows - first));
    }

    assertArrayEquals(expected, gradient);
    assertEquals(whole.lossSum(), sliced.lossSum());
    assertEquals(whole.correct(), sliced.correct());
  }

  /** Written out with StrictMath, row by row. */
  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100, 250})
  void randomLogitsGiveTheLossesOfDoublePrecision(int classes) {
    Random random = new Random(7);
    int[] labels = random.ints(20, 0, classes).toArray();
    SoftmaxCrossEntropy loss = bound(classes, labels);
    float[] logits = new float[20 * classes];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (random.nextGaussian() * 30);
    }
    float[] gradient = new float[logits.length];

    assertTrue(loss.apply(logits, gradient, 0, 0, 20));

    double sumOfLosses = 0;
    for (int row = 0; row < 20; row++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += StrictMath.exp(logits[row * classes + c]);
      }
      sumOfLosses += StrictMath.log(sum) - logits[row * classes + labels[row]];
      for (int c = 0; c < classes; c++) {
        double probability = StrictMath.exp(logits[row * classes + c]) / sum;
        double expected = (probability - (c == labels[row] ? 1 : 0)) / 20;
        assertEquals(expected, gradient[row * classes + c], 1e-14 + 1e-7 * Math.abs(expected));
      }
    }
    assertEquals(sumOfLosses, loss.lossSum(), 1e-12 * sumOfLosses);
  }

  /** Comparing with what is not a number is never true; 0 and -0 are equal. */
  @Test
  void whatIsPredictedOfOddNumbers() {
    assertEquals(1, correct(0, Float.NaN, 1, 2));
    assertEquals(0, correct(2, Float.NaN, 1, 2));
    assertEquals(1, correct(2, 1, Float.NaN, 2));
    assertEquals(0, correct(1, 1, Float.NaN, 2));
    assertEquals(1, correct(0, -0f, 0f, -0f));
    assertEquals(0, correct(1, -0f, 0f, -0f));
    assertEquals(1, correct(1, 3, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY));
    assertEquals(1, correct(0, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY));
  }

  private static int correct(int label, float... logits) {
    SoftmaxCrossEntropy loss = bound(logits.length, label);
    loss.apply(logits, new float[logits.length], 0, 0, 1);
    return loss.correct();
  }

  @Test
  void aSliceMayLieElsewhereInTheArrayThanInTheBatch() {
    SoftmaxCrossEntropy loss = bound(2, 0, 1);
    float[] gradient = {9, 9, 9, 9};

    loss.apply(new float[] {0, 0, 0, 100}, gradient, 2, 1, 1);

    assertArrayEquals(new float[] {9, 9, 0, 0}, gradient, 1e-30f);
    assertEquals(1, loss.correct());
  }

  @Test
  void ofEqualLogitsTheFirstIsPredicted() {
    SoftmaxCrossEntropy first = bound(3, 0);
    first.apply(new float[] {7, 7, 7}, new float[3], 0, 0, 1);
    SoftmaxCrossEntropy second = bound(3, 1);
    second.apply(new float[] {7, 7, 7}, new float[3], 0, 0, 1);

    assertEquals(1, first.correct());
    assertEquals(0, second.correct());
  }

  @Test
  void probabilitiesAreThoseOfTheRowAskedFor() {
    float[] logits = {1000, 0, (float) Math.log(3), 0};

    assertArrayEquals(new double[] {0.75, 0.25}, SoftmaxCrossEntropy.softmax(logits, 2, 2), 1e-7);
    assertArrayEquals(new double[] {1, 0}, SoftmaxCrossEntropy.softmax(logits, 0, 2));
  }

  @Test
  void moreRowsThanTheBatchAreRefused() {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(2, 1);

    assertThrows(
        IndexOutOfBoundsException.class, () -> loss.bind(images(0, 1), new int[] {0, 1}, 0, 2));
  }

  private static SoftmaxCrossEntropy bound(int classes, int... labels) {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(classes, labels.length);
    int[] order = new int[labels.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    loss.bind(images(labels), order, 0, labels.length);
    return loss;
  }

  private static ImageSet images(int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return new ImageSet("set", new Shape(1, 1, 1), new byte[labels.length], bytes, 256);
  }
}
