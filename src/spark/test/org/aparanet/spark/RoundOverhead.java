package org.aparanet.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.aparanet.Training;
import org.aparanet.train.TrainingListener;

/**
 * Program that prints how long a round takes on Spark whose steps are next to nothing: one image
 * for each share. Two executors in processes of their own; docs/scaling.md has the figures.
 */
final class RoundOverhead {
  private static final int ROUNDS = 60;
  private static final int WARM_UP = 20;

  private RoundOverhead() {}

  public static void main(String[] arguments) {
    try (JavaSparkContext context = new JavaSparkContext(Clusters.twoExecutors())) {
      print(context);
      printDeep(context);
    }
  }

  /** Rounds of {@code deep} with a step, and with as many as docs/scaling.md's rule says. */
  private static void printDeep(JavaSparkContext context) {
    int share = 128;
    double one = median(context, share, 1, 12);
    double eleven = median(context, share, 11, 5);
    double step = (eleven - one) / 10;
    double overhead = one - step;
    int steps = (int) Math.max(1, Math.ceil(10 * overhead / step));
    double rule = median(context, share, steps, 4);
    System.out.printf(
        Locale.ROOT,
        "deep, %d images of 2 shares each: step %.1f ms, overhead %.1f ms; rounds of %d steps %.0f ms,"
            + " %.1f %% of which are not steps%n",
        share,
        1e3 * step,
        1e3 * overhead,
        steps,
        1e3 * rule,
        100 * (1 - steps * step / rule));
  }

  /** Time of a round of {@code deep}, in seconds. */
  private static double median(JavaSparkContext context, int share, int steps, int rounds) {
    Training training =
        Training.network("deep")
            .limit(Math.min(60_000, 2 * share * steps * rounds))
            .batch(2 * share)
            .round(steps)
            .epochs(1)
            .device("cpu");
    List<Long> ends = new ArrayList<>();
    TrainingListener clock =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            if (step.step() % steps == 0) {
              ends.add(System.nanoTime());
            }
          }
        };
    SparkTraining.on(context, training).shares(2).listener(clock).run("mnist");
    List<Double> seconds = differences(ends, 1);
    return seconds.get(seconds.size() / 2);
  }

  private static void print(JavaSparkContext context) {
    for (int shares : new int[] {2, 4, 8}) {
      for (int width : new int[] {180, 18_000, 90_000}) {
        List<Double> seconds = seconds(context, shares, width);
        System.out.printf(
            Locale.ROOT,
            "%d shares, state %.2f MB: median %.1f ms, %.1f to %.1f of the middle half%n",
            shares,
            4e-6 * (27.0 * width + 10),
            1e3 * seconds.get(seconds.size() / 2),
            1e3 * seconds.get(seconds.size() / 4),
            1e3 * seconds.get(3 * seconds.size() / 4));
      }
    }
  }

  /** Times of rounds, sorted. */
  private static List<Double> seconds(JavaSparkContext context, int shares, int width) {
    List<Long> ends = new ArrayList<>();
    TrainingListener clock =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            ends.add(System.nanoTime());
          }
        };
    Training training =
        Training.network("pool 7, dense " + width + " relu, dense 10")
            .limit(shares * ROUNDS)
            .batch(shares)
            .epochs(1)
            .learningRate(1e-6)
            .device("cpu");
    SparkTraining.on(context, training).shares(shares).listener(clock).run("mnist");
    return differences(ends, WARM_UP);
  }

  /** Times between ends, sorted. */
  private static List<Double> differences(List<Long> ends, int from) {
    List<Double> seconds = new ArrayList<>();
    for (int i = from; i < ends.size(); i++) {
      seconds.add((ends.get(i) - ends.get(i - 1)) * 1e-9);
    }
    seconds.sort(null);
    return seconds;
  }
}
