package org.aparanet.train;

import java.util.Locale;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Shape;

/**
 * Named trainings: a data set, a network and a plan for both. docs/training.md has their
 * accuracies.
 */
public enum Recipe implements Preset {

  /** One pass over MNIST. */
  MNIST_FAST(
      "mnist",
      "conv 8 5 nobias, pool 2, batchnorm relu, conv 16 3 nobias, batchnorm relu,"
          + " conv 32 3 nobias, pool 2, batchnorm relu, dense 10",
      TrainingPlan.of(1, 96, 0.4f)
          .withOptimizer(nesterov())
          .withSchedule(new LearningRateSchedule.OneCycle(LearningRateSchedule.SHARE))
          .withLabelSmoothing(0.05f)),

  /** MNIST with 14,002 parameters. */
  MNIST_TINY(
      "mnist",
      "conv 8 3 nobias, batchnorm relu, conv 16 3 nobias, pool 2, batchnorm relu,"
          + " conv 24 3 nobias, batchnorm relu, conv 24 3 nobias, pool 2, batchnorm relu,"
          + " dense 10",
      TrainingPlan.of(12, 128, 0.2f)
          .withOptimizer(nesterov(0.0001f))
          .withSchedule(new LearningRateSchedule.OneCycle(LearningRateSchedule.SHARE))
          .withAugmentation(Augmentation.parse("shift 2, rotate 10, scale 0.1, shear 5"))
          .withTestEvery(5)),

  /** MNIST for accuracy, in about ten minutes of two cores with AVX-512. */
  MNIST_BEST(
      "mnist",
      "conv 24 3 nobias, batchnorm relu, conv 48 3 nobias, pool 2, batchnorm relu,"
          + " conv 64 3 same nobias, batchnorm relu, conv 64 3 nobias, batchnorm relu,"
          + " conv 96 3 nobias, pool 2, batchnorm relu, dropout 0.3, dense 10",
      TrainingPlan.of(40, 128, 0.1f)
          .withOptimizer(nesterov())
          .withSchedule(new LearningRateSchedule.OneCycle(LearningRateSchedule.SHARE))
          .withLabelSmoothing(0.1f)
          .withAugmentation(Augmentation.parse("shift 2, rotate 15, scale 0.15, shear 10"))
          .withAverage(ParameterAverage.ema("0.998"))
          .withTestEvery(5)),

  /** Fashion-MNIST for accuracy, in about twenty minutes of two cores with AVX-512. */
  FASHION_BEST(
      "fashion-mnist",
      "conv 32 3 same nobias, batchnorm relu, conv 48 3 same nobias, pool 2, batchnorm relu,"
          + " [conv 48 3 same nobias, batchnorm relu, conv 48 3 same nobias, batchnorm] relu,"
          + " conv 96 3 same nobias, pool 2, batchnorm relu,"
          + " [conv 96 3 same nobias, batchnorm relu, conv 96 3 same nobias, batchnorm] relu,"
          + " conv 160 3 nobias, batchnorm relu, globalpool, dropout 0.3, dense 10",
      TrainingPlan.of(40, 128, 0.1f)
          .withOptimizer(nesterov())
          .withSchedule(new LearningRateSchedule.OneCycle(LearningRateSchedule.SHARE))
          .withLabelSmoothing(0.1f)
          .withAugmentation(Augmentation.parse("shift 2, flip alternate, cutout 8"))
          .withTestEvery(5)),

  /**
   * CIFAR-10 with the residual network of 20 layers, which has fewer than 0.3 million parameters.
   */
  CIFAR_SMALL(
      "cifar10",
      NamedNetwork.RESNET20.network(new Shape(3, 32, 32), 10).text(),
      TrainingPlan.of(60, 128, 0.1f)
          .withOptimizer(nesterov())
          .withSchedule(new LearningRateSchedule.OneCycle(LearningRateSchedule.SHARE))
          .withAugmentation(Augmentation.parse("shift 4, flip"))
          .withTestEvery(5)),

  /** CIFAR-10 with eight convolutions of up to 512 channels, without shortcuts. */
  CIFAR_BEST(
      "cifar10",
      "conv 64 3 same nobias, batchnorm relu, conv 128 3 same nobias, pool 2, batchnorm relu,"
          + " conv 128 3 same nobias, batchnorm relu, conv 128 3 same nobias, batchnorm relu,"
          + " conv 256 3 same nobias, pool 2, batchnorm relu, conv 512 3 same nobias, pool 2,"
          + " batchnorm relu, conv 512 3 same nobias, batchnorm relu, conv 512 3 same nobias,"
          + " batchnorm relu, globalpool, dense 10",
      TrainingPlan.of(40, 128, 0.15f)
          .withOptimizer(nesterov())
          .withSchedule(new LearningRateSchedule.OneCycle(LearningRateSchedule.SHARE))
          .withLabelSmoothing(0.2f)
          .withAugmentation(Augmentation.parse("shift 4, flip, cutout 8"))
          .withTestEvery(5));

  private final String data;
  private final String network;
  private final TrainingPlan plan;

  Recipe(String data, String network, TrainingPlan plan) {
    this.data = data;
    this.network = network;
    this.plan = plan;
  }

  /** How nearly all presets move the parameters. */
  static Optimizer nesterov() {
    return nesterov(0.0005f);
  }

  private static Optimizer nesterov(float weightDecay) {
    return new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, weightDecay, Float.POSITIVE_INFINITY);
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Settings settings() {
    Settings whole = new Settings().set(Setting.DATA, data).set(Setting.NETWORK, network);
    if (this == CIFAR_SMALL || this == CIFAR_BEST) {
      whole.set(Setting.NORMALIZE, true); // so that what is moved in has the mean colour
    }
    return Settings.of(plan).over(whole);
  }

  @Override
  public Settings settings(ImageSet images, boolean validated) {
    return settings();
  }

  /** {@return the name of the data set} */
  public String data() {
    return data;
  }

  /** {@return the layers of the network, as text} */
  public String network() {
    return network;
  }

  /**
   * How to train it.
   *
   * @return the settings
   */
  public TrainingPlan plan() {
    return plan;
  }
}
