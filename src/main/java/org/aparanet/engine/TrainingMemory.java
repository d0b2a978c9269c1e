package org.aparanet.engine;

import java.util.List;

/**
 * Memory that a session takes for the training of a network, and what there is of it, in bytes.
 *
 * @param parameters parameters, as often as they are laid out, their gradients and the optimizer's
 *     moments
 * @param activations activations of a batch, their gradients and scratch
 * @param largest the largest array among these
 * @param available all that the device has, or {@link #heap} where that is less: it holds the same
 * @param availableInOne the largest array that the device takes
 */
public record TrainingMemory(
    long parameters, long activations, long largest, long available, long availableInOne) {

  /**
   * {@return the bytes that a training may count on in Java's heap: three quarters of its most, for
   * the collector keeps large arrays in whole regions, and the rest of the program needs room, too}
   */
  public static long heap() {
    return Runtime.getRuntime().maxMemory() / 4 * 3;
  }

  /**
   * {@return what several sessions take together of the same memory}
   *
   * @param each memory of each session
   * @param available bytes that there are for all of them
   */
  public static TrainingMemory sum(List<TrainingMemory> each, long available) {
    return new TrainingMemory(
        each.stream().mapToLong(TrainingMemory::parameters).sum(),
        each.stream().mapToLong(TrainingMemory::activations).sum(),
        each.stream().mapToLong(TrainingMemory::largest).max().orElse(0),
        available,
        Long.MAX_VALUE);
  }

  /** {@return the bytes that the session takes} */
  public long total() {
    return parameters + activations;
  }

  /**
   * {@return whether the session has room}
   *
   * @param besides bytes of what is in Java's heap beside the session
   */
  public boolean fits(long besides) {
    return total() + besides <= available && largest <= availableInOne;
  }
}
