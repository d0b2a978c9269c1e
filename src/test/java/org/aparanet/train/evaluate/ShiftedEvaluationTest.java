package org.aparanet.train.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.FillColor;
import org.aparanet.data.augment.PlaneShift;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.Session;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.Engines;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftedEvaluationTest {
  private static final Shape SHAPE = new Shape(2, 6, 5);
  private static final Network NETWORK = NetworkText.parse(SHAPE, "conv 4 3 relu, dense 3");
  private static final float[] PARAMETERS = Initialization.HE.draw(NETWORK, 1);
  private static final ImageSet IMAGES = images();

  private final Engines engines = new Engines(1);
  private int opened;
  private int open;

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 1, 9", "1, 4, 3", "1, 9, 1", "2, 100, 1", "3, 20, 3"})
  void classifiesByTheMeanProbabilities(int shift, int copiesOfSession, int sessions) {
    ShiftedEvaluation evaluation = new ShiftedEvaluation(IMAGES, shift, copiesOfSession);

    Evaluation.Timed timed = evaluation.detailed(this::open).timed();

    assertEquals(new Accuracy(expected(shift), IMAGES.count()), timed.accuracy());
    assertEquals(sessions, opened);
    assertEquals(0, open);
    assertTrue(timed.seconds() > 0 && timed.imagesPerSecond() > 0);
    assertEquals(
        timed.accuracy(),
        evaluation.detailed(this::open).timed().accuracy(),
        "asked for a second time");
  }

  @Test
  void probabilitiesAreMeans() {
    for (Prediction prediction :
        new ShiftedEvaluation(IMAGES, 1, 4).detailed(this::open).predictions()) {
      double[] probabilities = prediction.probabilities();
      assertEquals(1, probabilities[0] + probabilities[1] + probabilities[2], 1e-9);
      assertTrue(
          Arrays.stream(probabilities).allMatch(p -> p <= probabilities[prediction.predicted()]));
    }
  }

  /** Or the test above would not notice what the shifts do. */
  @Test
  void shiftsMakeADifference() {
    assertNotEquals(expected(0), expected(1));
    assertNotEquals(expected(1), expected(2));
  }

  @Test
  void aDeviceThatFailsIsClosed() {
    float[] infinite = PARAMETERS.clone();
    infinite[infinite.length - 1] = Float.POSITIVE_INFINITY;
    ShiftedEvaluation evaluation = new ShiftedEvaluation(IMAGES, 1);

    assertThrows(
        EngineException.class,
        () ->
            evaluation.detailed(
                () -> {
                  Session session = open();
                  session.setParameters(infinite);
                  return session;
                }));
    assertEquals(0, open);
  }

  @Test
  void otherShiftsAreRefused() {
    assertEquals(
        "the shift is 5 pixels; allowed are 0 to 4",
        assertThrows(IllegalArgumentException.class, () -> new ShiftedEvaluation(IMAGES, 5))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new ShiftedEvaluation(IMAGES, -1));
  }

  private int expected(int shift) {
    double[][] sums = new double[IMAGES.count()][NETWORK.classes()];
    for (int right = -shift; right <= shift; right++) {
      for (int down = -shift; down <= shift; down++) {
        try (Session session = open()) {
          int image = 0;
          for (Prediction prediction :
              new Evaluation(session, PlaneShift.of(IMAGES, right, down, FillColor.BLACK))
                  .predictions()) {
            for (int c = 0; c < NETWORK.classes(); c++) {
              sums[image][c] += prediction.probabilities()[c];
            }
            image++;
          }
        }
        opened--;
      }
    }
    int correct = 0;
    for (int image = 0; image < sums.length; image++) {
      double[] sum = sums[image];
      int best = sum[0] >= sum[1] && sum[0] >= sum[2] ? 0 : sum[1] >= sum[2] ? 1 : 2;
      correct += best == IMAGES.label(image) ? 1 : 0;
    }
    return correct;
  }

  private Session open() {
    opened++;
    open++;
    Session session = engines.open(DeviceChoice.parse("cpu"), NETWORK, 32).session();
    session.setParameters(PARAMETERS);
    return new ForwardingSession(session, session.device()) {
      @Override
      public void close() {
        open--;
        super.close();
      }
    };
  }

  private static ImageSet images() {
    Random random = new Random(2);
    byte[] pixels = new byte[150 * SHAPE.size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[150];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) random.nextInt(3);
    }
    return new ImageSet("random", SHAPE, pixels, labels, 3);
  }
}
