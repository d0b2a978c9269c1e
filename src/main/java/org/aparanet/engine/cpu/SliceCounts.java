package org.aparanet.engine.cpu;

import org.aparanet.engine.Optimizer;
import org.aparanet.engine.TrainingMemory;

/**
 * Numbers of what {@link Slices} needs for a batch. Slices and groups depend on the network and the
 * number of images alone, so that results are bitwise equal for any number of threads.
 *
 * @param slice the most images of a slice
 * @param mostGroups the most groups, each with a gradient of its own
 * @param teams that have work, each on its own slices, or on its part of a layer of the whole batch
 * @param members threads of a team, which share its slices
 * @param networks one for each team; where a step has stages one for each slice
 */
record SliceCounts(int slice, int mostGroups, int teams, int members, int networks) {

  /** Most gradients, and so most teams. */
  private static final int MOST_GROUPS = 16;

  /** Most memory of several gradients together: 2^26 floats, 256 MiB. */
  private static final int GRADIENT_FLOATS = 1 << 26;

  /**
   * The numbers of a session.
   *
   * @param batch the most images of a step
   * @param most the most threads to use
   */
  static SliceCounts of(CpuLayout layout, int batch, int most) {
    int slice = layout.slice();
    int mostGroups = mostGroups(layout.order().shared());
    int slices = slices(slice, batch);
    int members = layout.members();
    boolean wholeBatch = !layout.wholeBatch().nodes().isEmpty(); // which all threads share
    int teams = Math.min(most / members, Math.min(mostGroups, slices));
    teams = wholeBatch && members == 1 ? most : teams;
    int networks = layout.staged() ? slices : teams;
    return new SliceCounts(slice, mostGroups, teams, members, networks);
  }

  /** The most groups of a network of so many parameters. */
  static int mostGroups(int parameters) {
    return Math.max(1, Math.min(MOST_GROUPS, GRADIENT_FLOATS / Math.max(1, parameters)));
  }

  /** Number of threads that have work. */
  int threads() {
    return teams * members;
  }

  /** Number of slices of {@code count} images. */
  static int slices(int slice, int count) {
    return (count - 1) / slice + 1;
  }

  /** Number of slices of {@code count} images. */
  int slices(int count) {
    return slices(slice, count);
  }

  /** Number of groups, and so of gradients, of {@code count} images. */
  int groups(int count) {
    return Math.min(mostGroups, slices(count));
  }

  /** Floats of a group's gradient: of all parameters in the first one, which takes the sum. */
  int gradientFloats(CpuLayout layout, int group) {
    return group == 0 ? layout.order().size() : layout.order().shared();
  }

  /** Memory of a session of these numbers. */
  TrainingMemory memory(CpuLayout layout, int batch, Optimizer.Rule rule) {
    long parameters = (1L + rule.moments()) * layout.order().size();
    long gradients = 0;
    for (int group = 0; group < groups(batch); group++) {
      gradients += gradientFloats(layout, group);
    }
    long shared = layout.sharedFloats().applyAsLong(threads());
    long wholeBatch = layout.wholeBatch().floats(slices(batch), threads());
    return new TrainingMemory(
        Float.BYTES * (parameters + gradients + shared),
        Float.BYTES * (networks * layout.sliceFloats() + wholeBatch),
        0,
        TrainingMemory.heap(),
        Long.MAX_VALUE);
  }
}
