package org.aparanet.bench;

import java.util.List;
import java.util.stream.Collectors;
import org.aparanet.engine.Device;

/**
 * Times of one network at one batch on several devices together, each of which takes a share of
 * every batch.
 *
 * @param parts the devices and their shares, by their speeds alone
 * @param network the case's label
 * @param batch images of a step, on all devices together
 * @param fastest the fastest of the devices alone
 * @param step times of rounds of one step, the averaging included
 * @param roundSteps steps of the long rounds that the short ones are compared with
 * @param averaging what a round took beside its steps: of each comparison of as many steps in
 *     rounds of one and in one round, the difference for each round that there are more; below 0
 *     where other work on the machine weighs more
 */
public record TogetherMeasurement(
    List<Part> parts,
    String network,
    int batch,
    BenchPoint fastest,
    Samples step,
    int roundSteps,
    Samples averaging) {

  /**
   * A device and its share.
   *
   * @param device the device
   * @param percent of the images of every batch
   */
  public record Part(Device device, int percent) {}

  /** How it comes about, without a full stop. */
  public static final String METHOD =
      "each device has a share of every batch by its speed alone, and after each step the states are"
          + " averaged; what that costs is the time of such steps less that of as many steps"
          + " without averaging between them, as often in turns as there is time";

  public TogetherMeasurement {
    parts = List.copyOf(parts);
  }

  /** Images in a second of training. */
  public double trainingRate() {
    return batch * 1e9 / step.median();
  }

  /** How many times as fast as the fastest of the devices alone. */
  public double speedUp() {
    return fastest.nanos() / step.median();
  }

  /** What a round takes beside its steps, in nanoseconds; 0 where that cannot be told from 0. */
  public double averagingNanos() {
    return Math.max(0, averaging.median());
  }

  /** Whether the machine was busy with other things meanwhile. */
  public boolean noisy() {
    return step.noisy();
  }

  /** The devices with their shares, such as {@code opencl:0 (70 %) + cpu (30 %)}. */
  public String devices() {
    return parts.stream()
        .map(part -> part.device().id() + " (" + part.percent() + " %)")
        .collect(Collectors.joining(" + "));
  }

  /** The answer, in a sentence without a full stop. */
  public String sentence() {
    return devices()
        + " are "
        + Numbers.significant(speedUp())
        + " times as fast as "
        + fastest.device().id()
        + " alone; averaging "
        + (averagingNanos() > 0
            ? "costs " + Numbers.time(averagingNanos()) + " a round"
            : "costs less than can be measured");
  }
}
