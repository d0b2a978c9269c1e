package org.aparanet.cli.show;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.aparanet.train.TrainingResult;

/** Last line of several trainings that differ in their seeds. */
public final class SeedsLine {
  private SeedsLine() {}

  /**
   * Median and spread, such as {@code 3 seeds: test accuracy median 97.43 % (97.20 to 97.61),
   * training time median 5.1 s (5.0 to 5.3)}.
   *
   * @param results at least one
   */
  public static String of(List<TrainingResult> results) {
    double[] accuracy = sorted(results, result -> 100 * result.test().share());
    double[] seconds = sorted(results, TrainingResult::seconds);
    int last = results.size() - 1;
    return String.format(
        Locale.ROOT,
        "%d %s: test accuracy median %.2f %% (%.2f to %.2f), training time median %.1f s"
            + " (%.1f to %.1f)",
        results.size(),
        last == 0 ? "seed" : "seeds",
        median(accuracy),
        accuracy[0],
        accuracy[last],
        median(seconds),
        seconds[0],
        seconds[last]);
  }

  private static double[] sorted(
      List<TrainingResult> results, ToDoubleFunction<TrainingResult> figure) {
    return results.stream().mapToDouble(figure).sorted().toArray();
  }

  private static double median(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
