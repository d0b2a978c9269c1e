package org.aparanet.cli.option;

import java.math.BigDecimal;
import java.util.Arrays;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Optimizer.Rule;
import org.aparanet.train.LearningRateSchedule;
import org.aparanet.train.OptimizerNames;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a step moves the parameters. */
final class OptimizerOptions {
  private static final float MOMENTUM = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float ADAMW_DECAY = 0.01f;
  private static final float ADAM_RATE = 0.001f;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      converter = OptionConverters.LearningRate.class,
      description =
          "Factor of the gradient (default: the network's, 0.05 for a SPEC, less with a momentum;"
              + " 0.001 for adam and adamw).")
  private Float learningRate;

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

  /**
   * The optimizer.
   *
   * @throws ParameterException if an option does not go with the rule
   */
  Optimizer optimizer() {
    Rule chosen = rule == null ? Rule.SGD : rule;
    require("--momentum", momentum, chosen, 1);
    require("--beta2", beta2, chosen, 2);
    float decay = chosen == Rule.ADAMW ? ADAMW_DECAY : 0;
    return new Optimizer(
        chosen,
        chosen.moments() < 1 ? 0 : or(momentum, MOMENTUM),
        chosen.moments() < 2 ? 0 : or(beta2, BETA2),
        or(weightDecay, decay),
        or(clipNorm, Float.POSITIVE_INFINITY));
  }

  /**
   * The learning rate.
   *
   * @param plain that of plain SGD; a momentum adds up about 1 / (1 - momentum) gradients, so it
   *     gets as much less
   */
  float learningRate(Optimizer optimizer, float plain) {
    if (learningRate != null) {
      return learningRate;
    }
    if (optimizer.rule().moments() == 2) {
      return ADAM_RATE;
    }
    BigDecimal left = BigDecimal.ONE.subtract(decimal(optimizer.momentum()));
    return decimal(plain).multiply(left).floatValue();
  }

  LearningRateSchedule schedule() {
    return schedule == null ? LearningRateSchedule.CONSTANT : schedule;
  }

  float labelSmoothing() {
    return or(labelSmoothing, 0);
  }

  private void require(String option, Float value, Rule chosen, int moments) {
    if (value != null && chosen.moments() < moments) {
      throw new ParameterException(
          mixee.commandLine(),
          "option "
              + option
              + ": "
              + OptimizerNames.of(chosen)
              + " has none; those that have one are "
              + Arrays.stream(Rule.values())
                  .filter(other -> other.moments() >= moments)
                  .map(OptimizerNames::of)
                  .toList()
                  .toString()
                  .replaceAll("[\\[\\]]", ""));
    }
  }

  private static float or(Float given, float suited) {
    return given == null ? suited : given;
  }

  private static BigDecimal decimal(float value) {
    return new BigDecimal(Float.toString(value));
  }
}
