package org.aparanet.train;

import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.AugmentedBatches;
import org.aparanet.data.augment.Augmenter;
import org.aparanet.data.augment.FillColor;
import org.aparanet.engine.Session;

/**
 * Training images in a session. Without augmentation they are loaded once, and a step has their
 * indices; with it, only a step's images are staged, and replaced before each step.
 */
final class EpochImages {

  /** Most threads of augmentation; more would compete with the engine for processors. */
  private static final int MOST_THREADS = 4;

  private final ImageSet images;
  private final TrainingPlan plan;
  private final IntUnaryOperator numbers;
  private final int first; // index in the session of the first image or place
  private final FillColor ground;
  private final byte[] staged; // [batch, image]; null without augmentation

  /**
   * Loads the images, or makes places for those of a step.
   *
   * @param numbers of these images among those of the run, which tell how each is changed
   * @throws org.aparanet.engine.EngineException if the session cannot take them
   */
  EpochImages(Session session, ImageSet images, TrainingPlan plan, IntUnaryOperator numbers) {
    this.images = images;
    this.plan = plan;
    this.numbers = numbers;
    ground = FillColor.of(session.network().normalization());
    if (plan.augmentation().isNone()) {
      staged = null;
      first = session.load(images);
    } else {
      int places = plan.largestShare();
      staged = new byte[Math.multiplyExact(places, images.shape().size())];
      first =
          session.stage(
              new ImageSet(
                  images.name() + ", augmented",
                  images.shape(),
                  staged,
                  new byte[places],
                  images.classes()));
    }
  }

  /** Other images, at the places of those of {@code session}'s steps if there are such places. */
  private EpochImages(
      EpochImages other, Session session, ImageSet images, IntUnaryOperator numbers) {
    this.images = images;
    this.numbers = numbers;
    plan = other.plan;
    ground = other.ground;
    staged = other.staged;
    first = staged == null ? session.load(images) : other.first;
  }

  /**
   * Loads other images of the run into the same session, to train with these and those in turns.
   *
   * @param session that has these images
   * @param numbers of the others among those of the run
   * @throws org.aparanet.engine.EngineException if the session cannot take them
   */
  EpochImages others(Session session, ImageSet others, IntUnaryOperator numbers) {
    return new EpochImages(this, session, others, numbers);
  }

  /**
   * Begins an epoch.
   *
   * @param order its order
   * @param batch images in a step, at most the plan's
   * @param from how many images of it have been taken already: whole batches
   */
  Epoch open(int epoch, int[] order, int batch, int from) {
    int[] indices = new int[staged == null ? order.length : batch];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = first + (staged == null ? order[i] : i);
    }
    return new Epoch(indices, staged == null ? null : batches(epoch, order, batch, from));
  }

  private AugmentedBatches batches(int epoch, int[] order, int batch, int from) {
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = Math.max(1, Math.min(MOST_THREADS, processors / 4));
    return new AugmentedBatches(
        images,
        order,
        batch,
        () -> new Augmenter(plan.augmentation(), images.shape(), plan.seed(), ground, numbers),
        epoch,
        from / batch,
        threads);
  }

  /** An epoch's images, batch by batch. */
  final class Epoch implements AutoCloseable {
    private final int[] indices;
    private final AugmentedBatches batches; // null without augmentation

    private Epoch(int[] indices, AugmentedBatches batches) {
      this.indices = indices;
      this.batches = batches;
    }

    /** For {@link Session#step}. */
    int[] indices() {
      return indices;
    }

    /**
     * Prepares the next batch.
     *
     * @param from images of the epoch before it
     * @return index in {@link #indices} of its first image
     */
    int next(int from) {
      if (batches == null) {
        return from;
      }
      batches.next(staged);
      return 0;
    }

    /**
     * Index in {@link #indices} of the images behind a batch, if the session has them already.
     *
     * @param from images of the epoch up to there
     */
    OptionalInt ahead(int from) {
      return batches == null && from < indices.length ? OptionalInt.of(from) : OptionalInt.empty();
    }

    @Override
    public void close() {
      if (batches != null) {
        batches.close();
      }
    }
  }
}
