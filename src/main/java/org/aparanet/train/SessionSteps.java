package org.aparanet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.LossOnDevice;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.StepOutcome;
import org.aparanet.engine.StepProfile;
import org.aparanet.train.loss.SoftmaxCrossEntropy;

/** Steps of an epoch on one session, with softmax and loss on the host or on the device. */
public final class SessionSteps implements EpochSteps {
  private final Session session;
  private final ImageSet set;
  private final TrainingPlan plan;
  private final LearningRateSchedule.Run length;
  private final SoftmaxCrossEntropy loss;
  private final int[] order;
  private final int batch;
  private final EpochImages.Epoch images;
  private int from; // images taken so far

  /**
   * @param set the training images
   * @param length of the whole run
   * @param loss of a batch
   * @param order of the epoch's images
   * @param batch images in a step
   * @param from how many images have been taken already
   * @param images those of the epoch, from there on; closed with this
   */
  SessionSteps(
      Session session,
      ImageSet set,
      TrainingPlan plan,
      LearningRateSchedule.Run length,
      SoftmaxCrossEntropy loss,
      int[] order,
      int batch,
      int from,
      EpochImages.Epoch images) {
    this.session = session;
    this.set = set;
    this.plan = plan;
    this.length = length;
    this.loss = loss;
    this.order = order;
    this.batch = batch;
    this.from = from;
    this.images = images;
  }

  /** {@return the steps of the epoch so far, those of an earlier begin included} */
  public int taken() {
    return (from + batch - 1) / batch;
  }

  /** {@return the images that are left} */
  public int left() {
    return order.length - from;
  }

  @Override
  public List<TakenStep> take(long before, LongPredicate due, StateObserver observer) {
    Optional<LossOnDevice> device = lossOnDevice();
    return device.isPresent() ? window(before, due, device.get()) : List.of(step(before, observer));
  }

  private Optional<LossOnDevice> lossOnDevice() {
    return plan.softmax() == TrainingPlan.Softmax.DEVICE
            && plan.classWeights() == ClassWeights.NONE // else the host's
        ? session.lossOnDevice()
        : Optional.empty();
  }

  private TakenStep step(long before, StateObserver observer) {
    int count = Math.min(batch, left());
    loss.bind(set, order, from, count);
    float learningRate = plan.learningRate(before, length);
    int first = next(count);
    if (observer.wantsProfile()) {
      profiled(before + 1, first, count, learningRate, observer);
    } else {
      session.step(images.indices(), first, count, loss, learningRate);
    }
    from += count;
    return new TakenStep(count, learningRate, new StepOutcome(loss.lossSum(), loss.correct()));
  }

  /** Takes a step, and tells the observer where its time went unless the loss is not finite. */
  private void profiled(
      long step, int first, int count, float learningRate, StateObserver observer) {
    StepProfile profile;
    try {
      profile = session.profile(images.indices(), first, count, loss, learningRate);
    } catch (EngineException e) {
      if (e instanceof StateLostException || Double.isFinite(loss.lossSum())) {
        throw e;
      }
      return;
    }
    observer.profile(step, session.device(), profile);
  }

  /** Takes steps whose losses the device computes, until these have to be read. */
  private List<TakenStep> window(long before, LongPredicate due, LossOnDevice device) {
    List<Integer> counts = new ArrayList<>();
    List<Float> learningRates = new ArrayList<>();
    do {
      int count = Math.min(batch, left());
      int[] labels = new int[count];
      for (int row = 0; row < count; row++) {
        labels[row] = set.label(order[from + row]);
      }
      int first = next(count);
      float learningRate = plan.learningRate(before + counts.size(), length);
      device.step(images.indices(), first, count, labels, plan.labelSmoothing(), learningRate);
      counts.add(count);
      learningRates.add(learningRate);
      from += count;
    } while (left() > 0 && counts.size() < device.window() && !due.test(before + counts.size()));
    List<StepOutcome> outcomes = device.outcomes();
    List<TakenStep> taken = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      taken.add(new TakenStep(counts.get(i), learningRates.get(i), outcomes.get(i)));
      if (!Double.isFinite(outcomes.get(i).lossSum())) {
        break; // what comes behind is of no use
      }
    }
    return taken;
  }

  /**
   * Prepares a step's images, and announces those of the next step to the session if they are
   * known.
   */
  private int next(int count) {
    int first = images.next(from);
    images
        .ahead(from + count)
        .ifPresent(
            ahead ->
                session.expect(images.indices(), ahead, Math.min(batch, order.length - ahead)));
    return first;
  }

  @Override
  public void close() {
    images.close();
  }
}
