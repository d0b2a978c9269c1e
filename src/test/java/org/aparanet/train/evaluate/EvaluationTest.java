package org.aparanet.train.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.CountingSession;
import org.junit.jupiter.api.Test;

/** Of 13 images in batches of 5, all of which get the logits 1, 0, 0. */
class EvaluationTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 1, 1), "dense 3");
  private static final ImageSet IMAGES =
      new ImageSet(
          "set",
          new Shape(1, 1, 1),
          new byte[13],
          new byte[] {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0},
          3);

  private final Evaluation evaluation = new Evaluation(new CountingSession(NETWORK, 5), IMAGES);

  @Test
  void accuracyAndLossAreThoseOfAllImages() {
    assertEquals(new Accuracy(5, 13), evaluation.accuracy());
    Score score = evaluation.score();
    assertEquals(new Accuracy(5, 13), score.accuracy());
    // ln(e + 2) for each, and 1 less for the five of class 0
    assertEquals(Math.log(Math.E + 2) - 5.0 / 13, score.loss(), 1e-6);
  }

  @Test
  void predictionsHaveTheirProbabilities() {
    List<Prediction> predictions = evaluation.predictions();

    assertEquals(13, predictions.size());
    double sum = Math.E + 2;
    for (Prediction prediction : predictions) {
      assertEquals(0, prediction.predicted());
      assertArrayEquals(
          new double[] {Math.E / sum, 1 / sum, 1 / sum}, prediction.probabilities(), 1e-6);
    }
  }

  @Test
  void moreCorrectImagesAreBetterAndOfAsManyTheLowerLoss() {
    Score score = new Score(new Accuracy(5, 13), 1);

    assertTrue(new Score(new Accuracy(6, 13), 2).improvesOn(score));
    assertTrue(new Score(new Accuracy(5, 13), 0.9).improvesOn(score));
    assertFalse(new Score(new Accuracy(5, 13), 1).improvesOn(score), "the first one counts");
    assertFalse(new Score(new Accuracy(4, 13), 0.1).improvesOn(score));
  }
}
