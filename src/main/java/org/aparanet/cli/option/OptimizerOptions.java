package org.aparanet.cli.option;

import org.aparanet.engine.Optimizer.Rule;
import org.aparanet.train.ClassWeights;
import org.aparanet.train.LearningRateSchedule;
import picocli.CommandLine.Option;

/** Options of the optimizer. */
final class OptimizerOptions {
  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      converter = OptionConverters.LearningRate.class,
      description =
          "Factor of the gradient (default: the network's, 0.05 for a SPEC, less with a momentum;"
              + " 0.001 for adam and adamw).")
  private Float learningRate;

  @Option(
      names = "--head-rate",
      paramLabel = "X",
      converter = OptionConverters.LearningRate.class,
      description =
          "Learning rate of the last layer, where it is to differ from that of the layers before"
              + " (default: the same).")
  private Float headRate;

  @Option(
      names = "--schedule",
      paramLabel = "TEXT",
      converter = OptionConverters.Schedule.class,
      completionCandidates = Candidates.Schedules.class,
      description =
          "How the learning rate changes: constant, \"step EPOCHS FACTOR\", cosine or one-cycle"
              + " [SHARE], each also behind \"warmup STEPS,\" or \"warmup Nepochs,\" (default:"
              + " constant).")
  private LearningRateSchedule schedule;

  @Option(
      names = "--optimizer",
      paramLabel = "RULE",
      converter = OptionConverters.OptimizerRule.class,
      completionCandidates = Candidates.Rules.class,
      description = "sgd, momentum, nesterov, adam or adamw (default: sgd).")
  private Rule rule;

  @Option(
      names = "--momentum",
      paramLabel = "X",
      converter = OptionConverters.BelowOne.class,
      description = "Of momentum and nesterov; beta1 of adam and adamw (default: 0.9).")
  private Float momentum;

  @Option(
      names = "--beta2",
      paramLabel = "X",
      converter = OptionConverters.BelowOne.class,
      description = "Of adam and adamw (default: 0.999).")
  private Float beta2;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      converter = OptionConverters.NotNegative.class,
      description = "Draws the parameters towards 0 (default: 0; 0.01 for adamw).")
  private Float weightDecay;

  @Option(
      names = "--clip-norm",
      paramLabel = "X",
      converter = OptionConverters.LearningRate.class,
      description = "Largest norm of a step's gradient (default: none).")
  private Float clipNorm;

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      converter = OptionConverters.BelowOne.class,
      description = "Part of each label that is shared out among all classes (default: 0).")
  private Float labelSmoothing;

  @Option(
      names = "--logit-scale",
      paramLabel = "S",
      converter = OptionConverters.LogitFactor.class,
      description =
          "Multiply the logits by S, from 0.0001 to 10000: less than 1 makes the first steps'"
              + " predictions less certain (default: 1).")
  private Float logitScale;

  @Option(
      names = "--class-weights",
      paramLabel = "WEIGHTS",
      converter = OptionConverters.Weights.class,
      completionCandidates = Candidates.Weights.class,
      description =
          "How much images count in the loss: balanced, the less the more there are of their class,"
              + " or none, all the same (default: none).")
  private ClassWeights classWeights;
}
