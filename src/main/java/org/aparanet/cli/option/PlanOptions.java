package org.aparanet.cli.option;

import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.model.Network;
import org.aparanet.model.Preset;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingPlan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to train: all that a {@link TrainingPlan} is made of. */
public final class PlanOptions {
  private static final int BATCH = 64;
  private static final float LEARNING_RATE = 0.05f;
  private static final int EPOCHS = 3;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = OptionConverters.Epochs.class,
      description = "Passes over the training images (default: the network's; 3 for a SPEC).")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = OptionConverters.Batch.class,
      description = "Images in a training step (default: the network's; 64 for a SPEC).")
  private Integer batch;

  @Mixin private OptimizerOptions optimizer;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the first parameters and the images' order (default: 1).")
  private Long seed;

  @Option(
      names = "--sync-every",
      paramLabel = "N|Ts",
      description =
          "Bring the parameters to the host every N steps, or T seconds (such as 30s), and at every"
              + " epoch's end: what a device learned since then is lost if it fails (default: 30s).")
  private SyncInterval sync = SyncInterval.DEFAULT;

  @Option(
      names = "--softmax",
      paramLabel = "WHERE",
      converter = OptionConverters.SoftmaxPlace.class,
      completionCandidates = Candidates.SoftmaxPlaces.class,
      description =
          "Compute softmax and loss on the host, or on the device, which then need not wait for the"
              + " host in each step; host or device (default: host).")
  private TrainingPlan.Softmax softmax = TrainingPlan.Softmax.HOST;

  @Option(names = "--no-shuffle", description = "Keep the images in file order.")
  private boolean fileOrder;

  @Option(
      names = "--augment",
      paramLabel = "TEXT",
      description =
          "Change the training images at random, such as \"shift 2, rotate 10, scale 0.1\""
              + " (default: none).")
  private String augment;

  @Mixin private ValidationOptions validation;

  /** Of all that is random. */
  public long seed() {
    return seed;
  }

  /** Part of the training images that is held out; 0 for none. */
  public float validation() {
    return validation.fraction();
  }

  /**
   * @throws ParameterException if the options do not go together
   */
  public void check() {
    validation.patience();
    augmentation();
    optimizer.optimizer();
  }

  /** See {@link ValidationOptions#data}. */
  public TrainingData data(ImageSet train, ImageSet test) {
    return validation.data(train, test, seed);
  }

  /**
   * How to train a network.
   *
   * @throws ParameterException if the options do not go together
   */
  public TrainingPlan plan(Network network) {
    Optional<Preset> preset = Preset.of(network);
    Optimizer how = optimizer.optimizer();
    float plain = preset.map(Preset::learningRate).orElse(LEARNING_RATE);
    return new TrainingPlan(
        epochs != null ? epochs : preset.map(Preset::epochs).orElse(EPOCHS),
        batch != null ? batch : preset.map(Preset::batch).orElse(BATCH),
        optimizer.learningRate(how, plain),
        seed,
        !fileOrder,
        sync,
        how,
        optimizer.schedule(),
        optimizer.labelSmoothing(),
        augmentation(),
        validation.testEvery(),
        validation.patience(),
        softmax);
  }

  private Augmentation augmentation() {
    try {
      return augment == null ? Augmentation.NONE : Augmentation.parse(augment);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(mixee.commandLine(), "option --augment: " + e.getMessage(), e);
    }
  }
}
