package org.aparanet.train;

/**
 * Average of the parameters, running statistics included, over steps of a run: it takes the place
 * of the last parameters in all that is validated, tested and written as the model, and changes
 * nothing about the training itself.
 *
 * <p>States p are added to the average a as they come; k of them were added before:
 *
 * <pre>
 * a += w (p - a)
 * ema D every N   w = 1 for k = 0, then 1 - min(D^N, (1 + k) / (10 + k))
 * swa             w = 1 / (k + 1), so that a is the mean
 * </pre>
 *
 * <p>This is {@code AveragedModel} of PyTorch's {@code torch.optim.swa_utils} with {@code
 * use_buffers=True}, the first with a decay of its own, which begins with the latest states alone
 * as TensorFlow's {@code ExponentialMovingAverage} does; swa is of Izmailov et al., 2018,
 * "Averaging weights leads to wider optima and better generalization", arXiv:1803.05407.
 */
public sealed interface ParameterAverage {

  /** No average. */
  ParameterAverage NONE = new None();

  /** Steps from state to state of ema, unless said otherwise. */
  int EVERY = 5;

  /** The largest number of steps or epochs in an average. */
  int MAXIMUM = 1_000_000;

  /**
   * {@return whether a state is to be added that came with a step, or with several that belong
   * together}
   *
   * @param before steps of the run before them
   * @param after steps of the run with them
   * @param run how long the run is
   */
  boolean due(long before, long after, LearningRateSchedule.Run run);

  /**
   * {@return whether a run adds any state}
   *
   * @param run how long it is
   */
  default boolean adds(LearningRateSchedule.Run run) {
    return due(0, run.steps(), run);
  }

  /**
   * {@return the weight of a state that is added, above 0, at most 1}
   *
   * @param states how many were added before
   */
  double weight(long states);

  /** {@return the average as {@link #ema} or {@link #swa} reads it} */
  String text();

  /**
   * Reads an exponential moving average, such as {@code 0.99} or {@code 0.995 every 10}, or {@code
   * none}.
   *
   * @param text of the average
   * @return the average
   * @throws IllegalArgumentException with a sentence that says what is allowed
   */
  static ParameterAverage ema(String text) {
    return ParameterAverageText.ema(text);
  }

  /**
   * Reads a mean over the last part of a run, such as {@code 0.25}, {@code 5epochs} or {@code 0.1
   * every 10}, or {@code none}.
   *
   * @param text of the average
   * @return the average
   * @throws IllegalArgumentException with a sentence that says what is allowed
   */
  static ParameterAverage swa(String text) {
    return ParameterAverageText.swa(text);
  }

  /** No average: the last parameters count. */
  record None() implements ParameterAverage {
    @Override
    public boolean due(long before, long after, LearningRateSchedule.Run run) {
      return false;
    }

    @Override
    public double weight(long states) {
      return 1;
    }

    @Override
    public String text() {
      return "none";
    }
  }

  /**
   * Exponential moving average.
   *
   * @param decay what is left of the average after a step, 0 to below 1
   * @param every steps from state to state, 1 to {@link #MAXIMUM}
   */
  record Exponential(double decay, int every) implements ParameterAverage {

    /**
     * Checks the values.
     *
     * @param decay what is left of the average after a step, 0 to below 1
     * @param every steps from state to state, 1 to {@link #MAXIMUM}
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public Exponential {
      if (!(decay >= 0 && decay < 1)) {
        throw new IllegalArgumentException("a decay of " + decay + "; allowed is 0 to below 1");
      }
      requireCount(every);
    }

    @Override
    public boolean due(long before, long after, LearningRateSchedule.Run run) {
      return after / every > before / every;
    }

    @Override
    public double weight(long states) {
      return states == 0
          ? 1
          : 1 - Math.min(StrictMath.pow(decay, every), (1.0 + states) / (10.0 + states));
    }

    @Override
    public String text() {
      return ScheduleText.number(decay) + (every == EVERY ? "" : " every " + every);
    }
  }

  /**
   * Mean over the last part of a run.
   *
   * @param part of the run's steps, above 0, at most 1; 0 if epochs are given
   * @param epochs the last ones, at most {@link #MAXIMUM}; 0 if a part is given
   * @param every steps from state to state, at most {@link #MAXIMUM}; 0 for the ends of epochs
   */
  record Mean(double part, int epochs, int every) implements ParameterAverage {

    /**
     * Checks the values.
     *
     * @param part of the run's steps, above 0, at most 1; 0 if epochs are given
     * @param epochs the last ones, at most {@link #MAXIMUM}; 0 if a part is given
     * @param every steps from state to state, at most {@link #MAXIMUM}; 0 for the ends of epochs
     * @throws IllegalArgumentException if one of them is out of its range
     */
    public Mean {
      if (epochs == 0 && !(part > 0 && part <= 1)) {
        throw new IllegalArgumentException(
            "a part of " + part + " of the run; allowed is above 0, at most 1");
      }
      if (epochs != 0 && part != 0) {
        throw new IllegalArgumentException("a part of the run and epochs; allowed is one of them");
      }
      if (epochs != 0) {
        requireCount(epochs);
      }
      if (every != 0) {
        requireCount(every);
      }
    }

    @Override
    public boolean due(long before, long after, LearningRateSchedule.Run run) {
      long each = every == 0 ? run.stepsPerEpoch() : every;
      return after > begin(run) && after / each > before / each;
    }

    @Override
    public boolean adds(LearningRateSchedule.Run run) {
      return due(begin(run), run.steps(), run);
    }

    /** Steps before the part of the run. */
    private long begin(LearningRateSchedule.Run run) {
      return run.steps()
          - (epochs == 0 ? Math.round(part * run.steps()) : (long) epochs * run.stepsPerEpoch());
    }

    @Override
    public double weight(long states) {
      return 1.0 / (states + 1);
    }

    @Override
    public String text() {
      return (epochs == 0 ? ScheduleText.number(part) : epochs + (epochs == 1 ? "epoch" : "epochs"))
          + (every == 0 ? "" : " every " + every);
    }
  }

  private static void requireCount(int count) {
    if (count < 1 || count > MAXIMUM) {
      throw new IllegalArgumentException(
          "steps or epochs of an average: " + count + "; allowed are 1 to " + MAXIMUM);
    }
  }
}
