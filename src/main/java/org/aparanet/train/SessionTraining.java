package org.aparanet.train;

import java.util.function.IntUnaryOperator;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Session;
import org.aparanet.train.loss.SoftmaxCrossEntropy;

/** A session with training images, on which it takes the steps of epochs. */
public final class SessionTraining {
  private final Session session;
  private final ImageSet images;
  private final TrainingPlan plan;
  private final LearningRateSchedule.Run length;
  private final SoftmaxCrossEntropy loss;
  private final EpochImages loaded;

  /**
   * Loads the images of a whole run.
   *
   * @param session opened for the network to train, with at least the plan's largest share of a
   *     batch
   * @param images to train with
   * @param plan how to train
   * @throws org.aparanet.engine.EngineException if the session cannot take the images
   */
  public SessionTraining(Session session, ImageSet images, TrainingPlan plan) {
    this(
        session,
        images,
        plan,
        plan.run(images.count()),
        plan.classWeights().of(images, session.network().classes()),
        IntUnaryOperator.identity());
  }

  /**
   * Loads images that are a part of those of a run.
   *
   * @param session opened for the network to train, with at least the plan's largest share of a
   *     batch
   * @param images to train with
   * @param plan how to train
   * @param length of the run with all its images
   * @param weights of the classes in the loss, for all images of the run
   * @param numbers of these images among those of the run
   * @throws org.aparanet.engine.EngineException if the session cannot take the images
   */
  public SessionTraining(
      Session session,
      ImageSet images,
      TrainingPlan plan,
      LearningRateSchedule.Run length,
      double[] weights,
      IntUnaryOperator numbers) {
    this.session = session;
    this.images = images;
    this.plan = plan;
    this.length = length;
    loss = new SoftmaxCrossEntropy(plan.largestShare(), plan.labelSmoothing(), weights);
    loaded = new EpochImages(session, images, plan, numbers);
  }

  private SessionTraining(SessionTraining other, ImageSet images, IntUnaryOperator numbers) {
    this.images = images;
    session = other.session;
    plan = other.plan;
    length = other.length;
    loss = other.loss;
    loaded = other.loaded.others(session, images, numbers);
  }

  /**
   * Loads other images of the run into the same session, which trains with these and those in
   * turns.
   *
   * @param others to train with
   * @param numbers of these among those of the run
   * @return the training with them
   * @throws org.aparanet.engine.EngineException if the session cannot take the images
   */
  public SessionTraining others(ImageSet others, IntUnaryOperator numbers) {
    return new SessionTraining(this, others, numbers);
  }

  /** {@return the session} */
  public Session session() {
    return session;
  }

  /**
   * Begins an epoch, or goes on with it.
   *
   * @param epoch its number, from 1
   * @param order of its images
   * @param batch images in a step, at most the plan's
   * @param from how many images have been taken already: whole batches
   * @return its steps, to be closed
   */
  public SessionSteps open(int epoch, int[] order, int batch, int from) {
    return new SessionSteps(
        session,
        images,
        plan,
        length,
        loss,
        order,
        batch,
        from,
        loaded.open(epoch, order, batch, from));
  }
}
