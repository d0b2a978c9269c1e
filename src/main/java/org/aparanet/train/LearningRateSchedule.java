package org.aparanet.train;

/**
 * Learning rate schedule: a factor of the run's learning rate for each step, which follows from the
 * step's number and the run's length alone.
 *
 * <p>With t the steps taken before, T all steps of the run and S those of an epoch:
 *
 * <pre>
 * constant           1
 * step E F           F^floor(t / (S E))
 * cosine             (1 + cos(pi t / T)) / 2
 * one-cycle P        (t + 1) / U  for t &lt; U = max(1, round(P T)),  then (T - t) / (T - U + 1)
 * warmup W, ...      (t + 1) / W  for t &lt; W; then cosine and one-cycle begin: t - W of T - W
 * </pre>
 *
 * <p>cosine is of Loshchilov and Hutter, 2016, "SGDR", arXiv:1608.03983, without restarts;
 * one-cycle is the triangle of Smith and Topin, 2017, "Super-convergence", arXiv:1708.07120, from
 * and to nearly 0, without a cycle of the momentum; warmup is of Goyal et al., 2017,
 * arXiv:1706.02677.
 */
public sealed interface LearningRateSchedule {

  /** The same rate to the end. */
  LearningRateSchedule CONSTANT = new Constant();

  /** The part of the steps in which one-cycle goes up, unless said otherwise. */
  double SHARE = 0.3;

  /** The largest number of epochs or steps in a schedule. */
  int MAXIMUM = 1_000_000_000;

  /**
   * The factor of a step.
   *
   * @param step steps taken before it, at least 0
   * @param run how long the run is
   * @return above 0, at most 1
   */
  double factor(long step, Run run);

  /** {@return the schedule as {@link #parse} reads it} */
  String text();

  /**
   * Reads a schedule, such as {@code cosine} or {@code warmup 2epochs, step 10 0.1}.
   *
   * @param text of the schedule
   * @return the schedule
   * @throws IllegalArgumentException with a sentence that says what is allowed
   */
  static LearningRateSchedule parse(String text) {
    return ScheduleText.parse(text);
  }

  /**
   * Length of a run.
   *
   * @param steps all its steps, at least 1
   * @param stepsPerEpoch steps of an epoch, at least 1
   */
  record Run(long steps, long stepsPerEpoch) {

    /**
     * Checks the values.
     *
     * @param steps steps of the whole run
     * @param stepsPerEpoch steps of an epoch
     * @throws IllegalArgumentException if one of them is below 1
     */
    public Run {
      if (steps < 1 || stepsPerEpoch < 1) {
        throw new IllegalArgumentException(
            steps + " steps, " + stepsPerEpoch + " of them in an epoch; there is at least 1");
      }
    }
  }

  /** The same rate to the end. */
  record Constant() implements LearningRateSchedule {
    @Override
    public double factor(long step, Run run) {
      return 1;
    }

    @Override
    public String text() {
      return "constant";
    }
  }

  /**
   * A factor after every few epochs.
   *
   * @param every epochs with the same rate, 1 to {@link #MAXIMUM}
   * @param by what the rate is multiplied with after them, above 0 and at most 1
   */
  record Step(int every, double by) implements LearningRateSchedule {

    /**
     * Checks the values.
     *
     * @param every epochs with the same rate
     * @param by what the rate is multiplied with after them
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Step {
      if (every < 1 || every > MAXIMUM) {
        throw new IllegalArgumentException(
            "a step every " + every + " epochs; allowed are 1 to " + MAXIMUM);
      }
      if (!(by > 0 && by <= 1)) {
        throw new IllegalArgumentException(
            "a step by the factor " + by + "; it must be above 0 and at most 1");
      }
    }

    @Override
    public double factor(long step, Run run) {
      return StrictMath.pow(by, step / run.stepsPerEpoch() / every);
    }

    @Override
    public String text() {
      return "step " + every + " " + ScheduleText.number(by);
    }
  }

  /** Half a cosine, from 1 down to nearly 0. */
  record Cosine() implements LearningRateSchedule {
    @Override
    public double factor(long step, Run run) {
      // not Math: its last bit may depend on the machine, and with it the trained parameters
      return (1 + StrictMath.cos(StrictMath.PI * step / run.steps())) / 2;
    }

    @Override
    public String text() {
      return "cosine";
    }
  }

  /**
   * A linear rise and a linear fall.
   *
   * @param share part of the steps in which the rate goes up, above 0 and below 1
   */
  record OneCycle(double share) implements LearningRateSchedule {

    /**
     * Checks the values.
     *
     * @param share part of the steps in which the rate goes up
     * @throws IllegalArgumentException if the share is out of its range
     */
    public OneCycle {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException(
            "one-cycle with a share of " + share + "; it must be above 0 and below 1");
      }
    }

    @Override
    public double factor(long step, Run run) {
      long up = Math.max(1, Math.round(share * run.steps()));
      return step < up ? (step + 1.0) / up : (double) (run.steps() - step) / (run.steps() - up + 1);
    }

    @Override
    public String text() {
      return "one-cycle" + (share == SHARE ? "" : " " + ScheduleText.number(share));
    }
  }

  /**
   * A linear warm-up before another schedule.
   *
   * @param length steps or epochs, 1 to {@link #MAXIMUM}
   * @param inEpochs whether the length is one of epochs
   * @param then what comes after it; no warmup
   */
  record Warmup(int length, boolean inEpochs, LearningRateSchedule then)
      implements LearningRateSchedule {

    /**
     * Checks the values.
     *
     * @param length steps or epochs
     * @param inEpochs whether the length is one of epochs
     * @param then what comes after it
     * @throws IllegalArgumentException if the length is out of its range, or another warmup follows
     */
    public Warmup {
      if (length < 1 || length > MAXIMUM) {
        throw new IllegalArgumentException(
            "a warmup of " + length + "; allowed are 1 to " + MAXIMUM + " steps or epochs");
      }
      if (then instanceof Warmup) {
        throw new IllegalArgumentException("a warmup after a warmup; there is one at most");
      }
    }

    @Override
    public double factor(long step, Run run) {
      long steps = inEpochs ? length * run.stepsPerEpoch() : length;
      if (step < steps) {
        return (step + 1.0) / steps;
      }
      // epochs are still counted from the run's begin
      return then instanceof Step
          ? then.factor(step, run)
          : then.factor(step - steps, new Run(run.steps() - steps, run.stepsPerEpoch()));
    }

    @Override
    public String text() {
      return "warmup " + length + (inEpochs ? "epochs" : "") + ", " + then.text();
    }
  }
}
