package org.aparanet.train.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.aparanet.data.ImageSet;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.CountingSession;
import org.junit.jupiter.api.Test;

/** The times of evaluations, by a clock that only inferences and opening move. */
class EvaluationTimesTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 1, 1), "dense 3");

  private final CountingSession session = new CountingSession(NETWORK, 5);
  private long nanos;

  @Test
  void anEvaluationHasTheTimeOfItsInferences() {
    session.works = step -> nanos += 2_000_000_000L;

    Evaluation.Timed timed = new Evaluation(session, set(13)).detailed(() -> nanos).timed();

    assertEquals(6, timed.seconds(), 1e-9, "three batches");
    assertEquals(13.0 / 6, timed.imagesPerSecond(), 1e-9);
    assertEquals(new Accuracy(5, 13), timed.accuracy(), "of class 0 are 0, 3, 6, 9 and 12");
  }

  /** Of nine copies, of which a session holds four; opening takes a thousand seconds. */
  @Test
  void anEvaluationOfShiftedImagesHasTheTimeOfAllItsInferences() {
    Evaluation.Timed timed =
        new ShiftedEvaluation(set(5), 1, 4)
            .detailed(
                () -> {
                  nanos += 1_000_000_000_000L;
                  CountingSession opened = new CountingSession(NETWORK, 5);
                  opened.works = step -> nanos += 2_000_000_000L;
                  return opened;
                },
                () -> nanos)
            .timed();

    assertEquals(18, timed.seconds(), 1e-9);
    assertEquals(5.0 / 18, timed.imagesPerSecond(), 1e-9, "images, not copies");
  }

  private static ImageSet set(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 3);
    }
    return new ImageSet("set", new Shape(1, 1, 1), new byte[count], labels, 3);
  }
}
