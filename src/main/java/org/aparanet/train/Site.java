package org.aparanet.train;

import java.util.Optional;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;

/**
 * A session that holds the images of a run, with what is needed to use them there.
 *
 * @param firstImage index of the first training image
 */
record Site(Session session, int firstImage, Optional<Evaluation> validation, Evaluation test) {

  /**
   * Loads the images and sets the optimizer.
   *
   * @throws EngineException if the session cannot take them
   */
  static Site open(Session session, TrainingData data, TrainingPlan plan) {
    session.optimize(plan.optimizer(), plan.seed());
    int firstImage = session.load(data.train());
    return new Site(
        session,
        firstImage,
        data.validation().map(images -> new Evaluation(session, images)),
        new Evaluation(session, data.test()));
  }
}
