package org.aparanet.spark.scaling;

import java.util.List;
import java.util.Locale;
import org.aparanet.model.Shape;
import org.aparanet.train.NetworkChoice;

/** The tables of docs/scaling.md, from the model and the constants that were measured. */
public final class ScalingTable {

  /**
   * The driver's and the executors' part of a round, measured between processes of one machine, and
   * a link of 10 Gbit/s.
   */
  static final Cluster MEASURED = new Cluster(0.02, 0.001, 5.2e-9, 1.25e9);

  private static final int CLASSES = 10;

  /** Executors of two cores with AVX-512; docs/scaling.md says how their speeds were measured. */
  static final List<Work> WORKS =
      List.of(
          work("lenet", new Shape(1, 28, 28), 0, 64, 107_000),
          work("deep", new Shape(1, 28, 28), 0, 128, 4_780),
          work("resnet18", new Shape(3, 224, 224), 1, 16, 42));

  private static final int[] EXECUTORS = {2, 4, 8, 16, 32, 64, 128, 256};

  private ScalingTable() {}

  private static Work work(
      String network, Shape input, int moments, int share, double imagesPerSecond) {
    int parameters = NetworkChoice.of(network, input, CLASSES).parameterCount();
    return new Work(network, parameters, moments, share, imagesPerSecond);
  }

  /**
   * Prints the tables as Markdown.
   *
   * @param arguments none, or a link's bytes in a second
   */
  public static void main(String[] arguments) {
    double link =
        arguments.length == 0 ? MEASURED.bytesPerSecond() : Double.parseDouble(arguments[0]);
    System.out.print(text(MEASURED.with(link)));
  }

  static String text(Cluster cluster) {
    StringBuilder text = new StringBuilder();
    for (Work work : WORKS) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n`%s`: state %.2f MB, %d images a step in %.3g ms%n%n",
              work.name(),
              work.stateBytes() / 1e6,
              work.share(),
              work.stepSeconds() * 1e3));
      text.append(
          "| executors | overhead of a round | N | speed-up at N = 1 | at N = 10 | at N |\n");
      text.append("| --- | --- | --- | --- | --- | --- |\n");
      for (int executors : EXECUTORS) {
        double overhead = cluster.overhead(executors, work.stateBytes());
        int steps = work.steps(overhead);
        text.append(
            String.format(
                Locale.ROOT,
                "| %d | %.3g s | %d | %.1f | %.1f | %.1f |%n",
                executors,
                overhead,
                steps,
                executors * work.efficiency(1, overhead),
                executors * work.efficiency(10, overhead),
                executors * work.efficiency(steps, overhead)));
      }
    }
    return text.toString();
  }
}
