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
    }
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
    List<Double> seconds = new ArrayList<>();
    for (int i = WARM_UP; i < ends.size(); i++) {
      seconds.add((ends.get(i) - ends.get(i - 1)) * 1e-9);
    }
    seconds.sort(null);
    return seconds;
  }
}
