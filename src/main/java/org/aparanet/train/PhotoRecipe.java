package org.aparanet.train;

import java.util.Locale;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Optimizer;
import org.aparanet.model.Shape;

/**
 * Preset for small pictures of any kind, such as a folder of photographs: a residual network with
 * batch normalisation, as long and in such batches as suit the number of images. docs/training.md
 * says how the values were chosen.
 */
public enum PhotoRecipe implements Preset {
  /** The only one. */
  PHOTOS;

  /** Sides up to here go into the residual blocks as they are. */
  private static final int MOST_SIDE = 36;

  /** Sides up to here are halved once, by a convolution. */
  private static final int MOST_HALVED = 2 * MOST_SIDE;

  private static final int WIDTH = 32;
  private static final int STAGES = 3;

  /** With fewer images each is more useful to learn from. */
  private static final int LEAST_TO_VALIDATE = 200;

  private static final float VALIDATION = 0.1f;

  @Override
  public String label() {
    return "photos";
  }

  @Override
  public Settings settings() {
    Optimizer nesterov = Recipe.nesterov();
    return new Settings()
        .set(Setting.NORMALIZE, true)
        .set(Setting.OPTIMIZER, nesterov.rule())
        .set(Setting.MOMENTUM, nesterov.momentum())
        .set(Setting.WEIGHT_DECAY, nesterov.weightDecay())
        .set(Setting.SCHEDULE, new LearningRateSchedule.OneCycle(LearningRateSchedule.SHARE))
        .set(Setting.LABEL_SMOOTHING, 0.1f)
        .set(Setting.TEST_EVERY, 5);
  }

  @Override
  public Settings settings(ImageSet images, boolean validated) {
    int count = images.count();
    int batch = batch(count);
    int epochs = epochs(count);
    Settings suited =
        new Settings()
            .set(Setting.NETWORK, network(images.shape(), images.classes()))
            .set(Setting.EPOCHS, epochs)
            .set(Setting.BATCH, batch)
            .set(Setting.LEARNING_RATE, 0.05f * batch / 32)
            .set(Setting.AUGMENT, augmentation(images.shape()));
    if (!validated && count >= LEAST_TO_VALIDATE) {
      suited.set(Setting.VALIDATION, VALIDATION);
    }
    if (validated || count >= LEAST_TO_VALIDATE) {
      suited.set(Setting.PATIENCE, epochs / 2);
    }
    return settings().over(suited);
  }

  /** A power of two, of which an epoch has at least 16. */
  private static int batch(int count) {
    int batch = 4;
    while (batch < 64 && batch * 2 * 16 <= count) {
      batch *= 2;
    }
    return batch;
  }

  /**
   * Fewer with more images: up to some thousand, which need many epochs, so that the time hardly
   * grows with their number; from there on so that ten times as many take about four times as long.
   */
  private static int epochs(int count) {
    double thousands = Math.max(count, 1) / 1000.0;
    double epochs = Math.max(120 * Math.pow(thousands, -0.68), 60 * Math.pow(thousands, -0.35));
    return (int) Math.round(Math.max(10, Math.min(120, epochs)));
  }

  private static String augmentation(Shape shape) {
    int side = Math.min(shape.height(), shape.width());
    int shift = Math.max(1, Math.round(side / 14f));
    int hole = Math.max(1, Math.round(side / 3.5f));
    return "shift " + shift + ", flip, cutout " + hole;
  }

  private static String network(Shape shape, int classes) {
    StringBuilder text = new StringBuilder(stem(Math.max(shape.height(), shape.width())));
    for (int stage = 0; stage < STAGES; stage++) {
      int channels = WIDTH << stage;
      if (stage > 0) {
        text.append(format(", conv %d 3 stride 2 pad 1 nobias, batchnorm relu", channels));
      }
      text.append(
          format(
              ", [conv %1$d 3 same nobias, batchnorm relu, conv %1$d 3 same nobias, batchnorm] relu",
              channels));
    }
    return text.append(format(", globalpool, dense %d", classes)).toString();
  }

  /** The first convolution, with as many halves of the sides as bring them to the blocks' size. */
  private static String stem(int side) {
    if (side <= MOST_SIDE) {
      return format("conv %d 3 same nobias, batchnorm relu", WIDTH);
    }
    if (side <= MOST_HALVED) {
      return format("conv %d 5 stride 2 pad 2 nobias, batchnorm relu", WIDTH);
    }
    StringBuilder text =
        new StringBuilder(format("conv %d 7 stride 2 pad 3 nobias, batchnorm relu", WIDTH));
    for (int left = (side + 1) / 2; left > MOST_SIDE; left /= 2) {
      text.append(", pool 2");
    }
    return text.toString();
  }

  private static String format(String text, int number) {
    return String.format(Locale.ROOT, text, number);
  }
}
