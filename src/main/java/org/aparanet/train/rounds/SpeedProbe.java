package org.aparanet.train.rounds;

import java.util.Optional;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.LossOnDevice;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.loss.SoftmaxCrossEntropy;

/** A session that takes training steps to find out how fast it is. */
final class SpeedProbe {
  /** Most images to be loaded; steps with more take them several times. */
  private static final int MOST_IMAGES = 64;

  /** So small that the parameters stay what they are. */
  private static final float LEARNING_RATE = 1e-9f;

  private final Session session;
  private final float[] parameters;
  private final ImageSet images;
  private final TrainingPlan plan;
  private final SoftmaxCrossEntropy loss;
  private int[] order; // of the images of a step, in the set; null until they are loaded
  private int[] indices; // the same in the session
  private int[] labels;

  /**
   * @param parameters to begin with
   * @param images of the training, of which the first are used
   */
  SpeedProbe(Session session, float[] parameters, ImageSet images, TrainingPlan plan) {
    this.session = session;
    this.parameters = parameters;
    this.images = images.first(Math.min(MOST_IMAGES, Math.min(plan.batch(), images.count())));
    this.plan = plan;
    loss =
        new SoftmaxCrossEntropy(session.network().classes(), plan.batch(), plan.labelSmoothing());
  }

  Session session() {
    return session;
  }

  /**
   * Takes steps for a while, at least one.
   *
   * @param count images of a step
   * @param nanos how long
   * @throws org.aparanet.engine.EngineException if the device fails
   */
  double imagesPerSecond(int count, long nanos) {
    load();
    long begin = System.nanoTime();
    long taken = 0;
    long time = 0;
    while (time < nanos) {
      try {
        taken += steps(count);
      } catch (StateLostException e) {
        if (System.nanoTime() - begin >= nanos) {
          throw e;
        }
        session.setParameters(parameters);
      }
      time = System.nanoTime() - begin;
    }
    return taken / (time * 1e-9);
  }

  private void load() {
    if (order != null) {
      return;
    }
    session.optimize(plan.scaledOptimizer(), plan.seed());
    int first = session.load(images);
    order = IntStream.range(0, plan.batch()).map(i -> i % images.count()).toArray();
    indices = IntStream.of(order).map(i -> first + i).toArray();
    labels = IntStream.of(order).map(images::label).toArray();
    session.setParameters(parameters);
  }

  /** Takes a step, or with the loss on the device some; the number of their images. */
  private int steps(int count) {
    Optional<LossOnDevice> device =
        plan.softmax() == TrainingPlan.Softmax.DEVICE ? session.lossOnDevice() : Optional.empty();
    if (device.isPresent()) {
      LossOnDevice own = device.get();
      for (int i = 0; i < own.window(); i++) {
        own.step(indices, 0, count, labels, plan.labelSmoothing(), LEARNING_RATE);
      }
      return own.outcomes().size() * count;
    }
    loss.bind(images, order, 0, count);
    session.step(indices, 0, count, loss, LEARNING_RATE);
    return count;
  }
}
