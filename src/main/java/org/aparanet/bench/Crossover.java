package org.aparanet.bench;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From which batch on a device is faster than the Java engine.
 *
 * @param device how the device is called
 * @param launches launches of device code in a step
 * @param steps time of a step by batch, in nanoseconds, on the device
 * @param javaSteps the same on the Java engine
 */
public record Crossover(
    String device,
    int launches,
    SortedMap<Integer, Double> steps,
    SortedMap<Integer, Double> javaSteps) {

  public Crossover {
    steps = new TreeMap<>(steps);
    javaSteps = new TreeMap<>(javaSteps);
    steps.keySet().retainAll(javaSteps.keySet());
  }

  /** A step that is so much of a larger one's time does not depend on its arithmetic. */
  private static final double FIXED = 0.5;

  /** A sentence without a full stop. */
  public String sentence() {
    if (steps.isEmpty()) {
      return device + " and the Java engine have no batch in common, so none can be compared";
    }
    List<Integer> batches = List.copyOf(steps.keySet());
    int largest = batches.get(batches.size() - 1);
    if (!faster(largest)) {
      List<Integer> faster = batches.stream().filter(this::faster).toList();
      return faster.isEmpty()
          ? device
              + " does not pay up to batch "
              + number(largest)
              + ": there the Java engine is "
              + times(1 / speedUp(largest))
              + " as fast"
          : device
              + " pays at batch "
              + String.join(", ", faster.stream().map(Crossover::number).toList())
              + " only; at batch "
              + number(largest)
              + " the Java engine is "
              + times(1 / speedUp(largest))
              + " as fast";
    }
    int from = from();
    String begin = device + " pays from batch " + number(from) + " on";
    if (from == batches.get(0)) {
      return begin
          + ": at batch "
          + number(largest)
          + " it is "
          + times(speedUp(largest))
          + " as fast as the Java engine";
    }
    int below = steps.headMap(from).lastKey();
    // where half of the images take more than half of the time, the rest is the same for any batch
    boolean fixed = steps.get(batches.get(0)) > FIXED * steps.get(below);
    return begin
        + "; below, "
        + (fixed && launches > 0
            ? "the " + launches + " launches cost more than the arithmetic"
            : "the Java engine is faster");
  }

  /** The smallest batch from which on the device is faster at all larger ones, too; 0 if none. */
  public int from() {
    int from = 0;
    for (int batch : steps.keySet()) {
      if (!faster(batch)) {
        from = 0;
      } else if (from == 0) {
        from = batch;
      }
    }
    return from;
  }

  /** How many times as fast as the Java engine the device is. */
  public double speedUp(int batch) {
    return javaSteps.get(batch) / steps.get(batch);
  }

  private boolean faster(int batch) {
    return speedUp(batch) > 1;
  }

  private static String times(double factor) {
    return String.format(Locale.ROOT, "%.1f times", factor);
  }

  private static String number(int batch) {
    return String.format(Locale.ROOT, "%,d", batch);
  }
}
