package org.aparanet.cli.option;

import org.aparanet.train.SyncInterval;
import org.aparanet.train.TrainingPlan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a {@link TrainingPlan}; {@link GivenSettings} has their values. */
public final class PlanOptions {
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

  @Option(
      names = "--freeze",
      paramLabel = "N",
      converter = OptionConverters.Frozen.class,
      description =
          "Let the first N layers keep their parameters, best those of --weights (default: 0).")
  private Integer freeze;

  @Mixin private OptimizerOptions optimizer;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the first parameters and the images' order (default: 1).")
  private Long seed;

  @Option(
      names = "--sync-every",
      paramLabel = "N|Ts",
      description =
          "Bring the parameters to the host every N steps, or T seconds (such as 30s), and at every"
              + " epoch's end: what a device learned since then is lost if it fails (default: 30s).")
  private SyncInterval sync;

  @Option(
      names = "--softmax",
      paramLabel = "WHERE",
      converter = OptionConverters.SoftmaxPlace.class,
      completionCandidates = Candidates.SoftmaxPlaces.class,
      description =
          "Compute softmax and loss on the host, or on the device, which then need not wait for the"
              + " host in each step; host or device (default: host).")
  private TrainingPlan.Softmax softmax;

  @Option(names = "--no-shuffle", description = "Keep the images in file order.")
  private boolean fileOrder;

  @Option(
      names = "--augment",
      paramLabel = "TEXT",
      description =
          "Change the training images at random, such as \"shift 2, rotate 10, scale 0.1\""
              + " (default: none).")
  private String augment;

  @Mixin private NormalizationOptions normalization;

  @Mixin private AverageOptions average;

  @Mixin private ValidationOptions validation;
}
