package org.aparanet.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.aparanet.train.Shares;

/**
 * Division of a batch among devices by their speeds, in whole percents that add up to 100.
 *
 * @param devices those with a share, with what was measured of each alone; at least two, or as many
 *     as there are
 * @param percents of each of them
 * @param leftOut devices that are too slow to have an image, the slowest first
 */
record SpeedShares(List<Measurement> devices, List<Integer> percents, List<Measurement> leftOut) {

  /**
   * Divides a batch. As long as a device would have no image, the slowest one is left out.
   *
   * @param measured one network at one batch on each device, at least one
   */
  static SpeedShares of(List<Measurement> measured) {
    List<Measurement> devices = new ArrayList<>(measured);
    List<Measurement> leftOut = new ArrayList<>();
    List<Integer> percents = percents(devices);
    while (!haveImages(percents, devices.get(0).batch())) {
      Measurement slowest =
          devices.stream().min(Comparator.comparingDouble(Measurement::trainingRate)).get();
      devices.remove(slowest);
      leftOut.add(slowest);
      percents = percents(devices);
    }
    return new SpeedShares(List.copyOf(devices), percents, List.copyOf(leftOut));
  }

  /** Each the difference of two rounded sums, so that all of them are 100. */
  private static List<Integer> percents(List<Measurement> devices) {
    double all = devices.stream().mapToDouble(Measurement::trainingRate).sum();
    List<Integer> percents = new ArrayList<>();
    double sum = 0;
    long before = 0;
    for (Measurement device : devices) {
      sum += device.trainingRate();
      long now = Math.round(100 * sum / all);
      percents.add((int) (now - before));
      before = now;
    }
    return List.copyOf(percents);
  }

  /** Wherever in the batch a share begins, it has an image if it is large enough for one. */
  private static boolean haveImages(List<Integer> percents, int batch) {
    return percents.stream().allMatch(percent -> (long) percent * batch >= 100);
  }

  /** The shares as a plan of a training has them. */
  Shares shares() {
    return new Shares(percents);
  }

  /** What is known of the fastest device alone. */
  Measurement fastest() {
    return devices.stream().max(Comparator.comparingDouble(Measurement::trainingRate)).get();
  }

  /** Time of a step, in seconds, if all devices keep their speed and nothing is added. */
  double leastSeconds() {
    double rate = devices.stream().mapToDouble(Measurement::trainingRate).sum();
    return devices.get(0).batch() / rate;
  }
}
