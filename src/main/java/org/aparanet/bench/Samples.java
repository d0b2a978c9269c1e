package org.aparanet.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Times of the same thing, in nanoseconds, in the order in which they were taken.
 *
 * @param nanos at least one
 */
public record Samples(List<Double> nanos) {

  /** Halves that differ by more than this tell of other work on the machine. */
  private static final double QUIET = 0.15;

  /** With fewer samples, halves say nothing. */
  private static final int ENOUGH = 8;

  /**
   * @throws IllegalArgumentException if there is no sample
   */
  public Samples {
    nanos = List.copyOf(nanos);
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("no samples");
    }
  }

  /** Half of the samples are not above it. */
  public double median() {
    return quantile(0.5);
  }

  /** 95 of 100 samples are not above it. */
  public double p95() {
    return quantile(0.95);
  }

  /** The middle half of the samples lies within so much, as a part of the median. */
  public double spread() {
    return median() == 0 ? 0 : (quantile(0.75) - quantile(0.25)) / median();
  }

  /** Whether the medians of the first and the second half differ by more than 15 %. */
  public boolean noisy() {
    if (nanos.size() < ENOUGH) {
      return false;
    }
    double first = new Samples(nanos.subList(0, nanos.size() / 2)).median();
    double second = new Samples(nanos.subList(nanos.size() / 2, nanos.size())).median();
    return Math.max(first, second) > (1 + QUIET) * Math.min(first, second);
  }

  /** Between two samples, in proportion. */
  private double quantile(double part) {
    double[] sorted = nanos.stream().mapToDouble(n -> n).toArray();
    Arrays.sort(sorted);
    double at = part * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
