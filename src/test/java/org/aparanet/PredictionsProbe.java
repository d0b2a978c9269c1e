package org.aparanet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/**
 * A program in which threads share a predictor, and which prints after each tenth of the
 * predictions what the heap holds and what memory the process has, in KiB: {@code heap N resident
 * N}.
 *
 * <p>Arguments: the device, the number of predictions and the number of threads.
 */
final class PredictionsProbe {
  private PredictionsProbe() {}

  public static void main(String[] arguments) throws Exception {
    int predictions = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    Network network =
        NetworkText.parse(new Shape(1, 28, 28), "conv 8 3 relu, pool 2, conv 8 3 relu, dense 10");
    Model model = new Model(network, Initialization.HE.draw(network, 1));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Predictor predictor = Predictor.of(model).device(arguments[0]).open()) {
      for (int tenth = 0; tenth < 10; tenth++) {
        List<Future<?>> ends = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
          int seed = t;
          ends.add(pool.submit(() -> predict(predictor, predictions / 10 / threads, seed)));
        }
        for (Future<?> end : ends) {
          end.get();
        }
        System.gc();
        Runtime java = Runtime.getRuntime();
        System.out.println(
            "heap " + (java.totalMemory() - java.freeMemory() >> 10) + " resident " + resident());
      }
    } finally {
      pool.shutdown();
    }
  }

  private static void predict(Predictor predictor, int count, int seed) {
    Random random = new Random(seed);
    float[] image = new float[784];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      image[random.nextInt(784)] = random.nextFloat();
      sum += predictor.predict(image).probability();
    }
    if (!(sum >= 0)) {
      throw new AssertionError("probabilities that add up to " + sum);
    }
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
