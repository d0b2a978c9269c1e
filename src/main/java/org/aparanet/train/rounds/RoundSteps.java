package org.aparanet.train.rounds;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.StepOutcome;
import org.aparanet.train.TakenStep;

/** Steps of whole batches, from those of their shares. */
final class RoundSteps {
  private RoundSteps() {}

  /**
   * {@return the steps of a round, with the images and losses of all shares}
   *
   * @param results of all shares, in their order; up to a loss that is not finite
   */
  static List<TakenStep> of(List<RoundResult> results) {
    List<TakenStep> whole = new ArrayList<>();
    boolean finite = true;
    for (int step = 0; finite; step++) {
      int images = 0;
      double loss = 0;
      int correct = 0;
      float learningRate = 0;
      for (RoundResult result : results) {
        if (step < result.steps().size()) {
          TakenStep taken = result.steps().get(step);
          images += taken.images();
          loss += taken.outcome().lossSum();
          correct += taken.outcome().correct();
          learningRate = taken.learningRate();
        }
      }
      if (images == 0) {
        return whole;
      }
      whole.add(new TakenStep(images, learningRate, new StepOutcome(loss, correct)));
      finite = Double.isFinite(loss);
    }
    return whole;
  }
}
