package org.aparanet.report.watch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * How many of some values lie in each of equally wide bins from the smallest to the largest.
 *
 * @param low smallest finite value; 0 where there is none
 * @param high largest finite value; 0 where there is none
 * @param counts values in each bin, the lowest bin first; a value on a border is in the higher one,
 *     the largest in the last
 * @param mean of the finite values
 * @param norm square root of the sum of their squares
 * @param zeros how many are 0
 * @param notFinite how many are infinite or no number
 */
record Histogram(
    double low, double high, int[] counts, double mean, double norm, int zeros, int notFinite) {
  /** As many as a narrow picture has room for. */
  static final int BINS = 32;

  static Histogram of(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    int zeros = 0;
    int finite = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
        sum += value;
        squares += value * value;
        zeros += value == 0 ? 1 : 0;
        finite++;
      }
    }
    int[] counts = new int[BINS];
    if (finite == 0) {
      return new Histogram(0, 0, counts, 0, 0, 0, values.length);
    }
    double width = (high - low) / BINS;
    for (double value : values) {
      if (Double.isFinite(value)) {
        counts[width > 0 ? Math.min((int) ((value - low) / width), BINS - 1) : 0]++;
      }
    }
    return new Histogram(
        low, high, counts, sum / finite, Math.sqrt(squares), zeros, values.length - finite);
  }

  /** How many values there are. */
  int total() {
    int total = notFinite;
    for (int count : counts) {
      total += count;
    }
    return total;
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    JsonArray bins = new JsonArray();
    for (int count : counts) {
      bins.add(count);
    }
    json.add("counts", bins);
    json.addProperty("low", Json.number(low));
    json.addProperty("high", Json.number(high));
    json.addProperty("mean", Json.number(mean));
    json.addProperty("norm", Json.number(norm));
    json.addProperty("zeros", (double) zeros / Math.max(1, total()));
    if (notFinite > 0) {
      json.addProperty("notFinite", notFinite);
    }
    return json;
  }
}
