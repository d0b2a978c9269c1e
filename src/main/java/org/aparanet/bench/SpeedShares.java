package org.aparanet.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.aparanet.train.Shares;
import org.aparanet.train.rounds.ShareMeasurement;

/**
 * Division of a batch among devices by their speeds, in whole percents that add up to 100.
 *
 * @param devices those with a share, with what was measured of each alone; at least one
 * @param shares of each of them, as a training with these speeds would have them
 * @param leftOut devices that are too slow to have an image, the slowest first
 */
record SpeedShares(List<Measurement> devices, Shares shares, List<Measurement> leftOut) {

  /**
   * Divides a batch. As long as a device would have no image, the slowest one is left out.
   *
   * @param measured one network at one batch on each device, at least one
   */
  static SpeedShares of(List<Measurement> measured) {
    List<Measurement> devices = new ArrayList<>(measured);
    List<Measurement> leftOut = new ArrayList<>();
    Shares shares = bySpeed(devices);
    while (!haveImages(shares, devices.get(0).batch())) {
      Measurement slowest =
          devices.stream().min(Comparator.comparingDouble(Measurement::trainingRate)).get();
      devices.remove(slowest);
      leftOut.add(slowest);
      shares = bySpeed(devices);
    }
    return new SpeedShares(List.copyOf(devices), shares, List.copyOf(leftOut));
  }

  private static Shares bySpeed(List<Measurement> devices) {
    return ShareMeasurement.shares(
        devices.stream().mapToDouble(Measurement::trainingRate).toArray());
  }

  /** Wherever in the batch a share begins, it has an image if it is large enough for one. */
  private static boolean haveImages(Shares percent, int batch) {
    return percent.parts().stream().allMatch(part -> (long) part * batch >= 100);
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
