package org.aparanet.train;

import java.util.Optional;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;

/**
 * A session that holds the images of a run, with what is needed to use them there.
 *
 * @param train the training images
 */
record Site(Session session, EpochImages train, Optional<Evaluation> validation, Evaluation test) {

  /**
   * Loads the images and sets the optimizer.
   *
   * @throws EngineException if the session cannot take them
   */
  static Site open(Session session, TrainingData data, TrainingPlan plan) {
    session.optimize(plan.optimizer(), plan.seed());
    return new Site(
        session,
        new EpochImages(session, data.train(), plan),
        data.validation().map(images -> new Evaluation(session, images)),
        new Evaluation(session, data.test()));
  }
}
