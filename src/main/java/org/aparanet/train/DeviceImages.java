package org.aparanet.train;

import java.util.Optional;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.train.evaluate.Evaluation;

/**
 * A session with the images of a run on its device.
 *
 * @param training the training images
 */
record DeviceImages(SessionTraining training, Optional<Evaluation> validation, Evaluation test) {

  /**
   * Loads the images and sets the optimizer.
   *
   * @throws EngineException if the session cannot take them
   */
  static DeviceImages open(Session session, TrainingData data, TrainingPlan plan) {
    session.optimize(plan.scaledOptimizer(), plan.seed());
    return new DeviceImages(
        new SessionTraining(session, data.train(), plan),
        data.validation().map(images -> new Evaluation(session, images)),
        new Evaluation(session, data.test()));
  }

  Session session() {
    return training.session();
  }
}
