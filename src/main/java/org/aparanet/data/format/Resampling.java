package org.aparanet.data.format;

/**
 * How the samples along one side of an image are made from those of another size.
 *
 * <p>To shrink, each new sample is the mean of what it covers, by area; to enlarge, samples are
 * interpolated linearly between centres. Equal sizes copy.
 *
 * @param first for each new sample, the first old one that it is made from
 * @param weights for each new sample, the weights of the old ones from there on; their sum is 1
 */
public record Resampling(int[] first, float[][] weights) {

  /** From {@code from} samples to {@code to}, both at least 1. */
  public static Resampling of(int from, int to) {
    int[] first = new int[to];
    float[][] weights = new float[to][];
    for (int i = 0; i < to; i++) {
      if (from >= to) {
        average(from, to, i, first, weights);
      } else {
        interpolate(from, to, i, first, weights);
      }
    }
    return new Resampling(first, weights);
  }

  private static void average(int from, int to, int i, int[] first, float[][] weights) {
    // sample i covers [i * from, (i + 1) * from) in units of 1 / to old samples
    long begin = (long) i * from;
    long end = begin + from;
    first[i] = (int) (begin / to);
    weights[i] = new float[(int) ((end + to - 1) / to) - first[i]];
    for (int k = 0; k < weights[i].length; k++) {
      long left = (long) (first[i] + k) * to;
      long covered = Math.min(end, left + to) - Math.max(begin, left);
      weights[i][k] = (float) covered / from;
    }
  }

  private static void interpolate(int from, int to, int i, int[] first, float[][] weights) {
    double centre = Math.max(0, Math.min(from - 1, (i + 0.5) * from / to - 0.5));
    first[i] = Math.min((int) centre, Math.max(0, from - 2));
    float second = (float) (centre - first[i]);
    weights[i] = from == 1 ? new float[] {1} : new float[] {1 - second, second};
  }
}
