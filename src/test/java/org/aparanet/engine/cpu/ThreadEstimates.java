package org.aparanet.engine.cpu;

import java.util.List;
import java.util.Locale;
import org.aparanet.engine.cpu.ThreadEstimate.Speeds;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.Recipe;

/**
 * Prints what {@link ThreadEstimate} says of networks that people train, as tables: {@code mvn -q
 * -Pthreads}. Needs vectors; their size decides how many images a slice has.
 */
public final class ThreadEstimates {
  private static final List<Integer> THREADS = List.of(1, 2, 4, 8, 16, 32, 64);

  /**
   * A core of an AMD EPYC of 2024: 40 GMAC/s of {@code deep}; a slice that two threads share takes
   * 1.3 times its even share. Assumed are 10 GB/s of memory for a core and 100 GB/s for all; a
   * hand-over takes 0.4 us where cores share a cache, and each thread more reads the same lines.
   */
  static final Speeds SPEEDS = new Speeds(40, 1.3, 10, 100, 0.4, 0.1);

  private record Workload(String name, Network network, List<Integer> batches) {}

  private ThreadEstimates() {}

  /** Prints the tables. */
  public static void main(String[] args) {
    for (Workload workload : workloads()) {
      for (int batch : workload.batches) {
        System.out.print(table(workload.name, workload.network, batch));
      }
    }
  }

  private static List<Workload> workloads() {
    Shape digits = new Shape(1, 28, 28);
    return List.of(
        new Workload("article", NamedNetwork.ARTICLE.network(digits, 10), List.of(64, 1024)),
        new Workload("lenet", NamedNetwork.LENET.network(digits, 10), List.of(64, 1024)),
        new Workload("deep", NamedNetwork.DEEP.network(digits, 10), List.of(64, 128, 1024)),
        new Workload(
            "resnet18",
            NamedNetwork.RESNET18.network(new Shape(3, 224, 224), 1000),
            List.of(32, 128)),
        recipe(Recipe.MNIST_BEST, digits),
        recipe(Recipe.CIFAR_SMALL, new Shape(3, 32, 32)));
  }

  private static Workload recipe(Recipe recipe, Shape images) {
    Network network = NetworkText.parse(images, recipe.network());
    return new Workload(recipe.label(), network, List.of(recipe.plan().batch(), 1024));
  }

  private static String table(String name, Network network, int batch) {
    StringBuilder text = new StringBuilder();
    double one = ThreadEstimate.of(network, batch, 1).seconds(SPEEDS);
    for (int threads : THREADS) {
      ThreadEstimate e = ThreadEstimate.of(network, batch, threads);
      if (text.isEmpty()) {
        text.append(
            String.format(
                Locale.ROOT,
                "%n`%s`, batch %,d: %d slices, %d groups; %.1f GMAC and %.1f MB of the update a step,"
                    + " %.1f MB of filters laid out%n%n",
                name,
                batch,
                e.slices(),
                e.groups(),
                e.slices() * e.sliceWork() / 1e9,
                e.updateBytes() / 1e6,
                Float.BYTES * e.laidOut() / 1e6));
        text.append(
            "| threads | teams x members | no work | busiest over even share | hand-overs |"
                + " update, KB a thread | filters of the busiest, MB | ms | times as fast |\n");
        text.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
      }
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %d x %d | %d | %.2f | %d | %,.0f | %.1f | %.3g | %.1f |%n",
              threads,
              e.division().teams(),
              e.division().members(),
              e.idle(),
              e.imbalance(),
              e.leaderHandOvers() + e.memberHandOvers(),
              e.updateBytes() / 1e3 / e.division().threads(),
              Float.BYTES * e.laidOutBusiest() / 1e6,
              1e3 * e.seconds(SPEEDS),
              one / e.seconds(SPEEDS)));
    }
    return text.toString();
  }
}
