package org.aparanet.engine.cpu;

import java.util.Arrays;
import java.util.Objects;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.TrainingMemory;

/**
 * Numbers of what {@link Slices} needs for a batch. Slices and groups depend on the network and the
 * number of images alone, so that results are bitwise equal for any number of threads.
 *
 * @param slice the most images of a slice
 * @param mostGroups the most groups, each with a gradient of its own
 * @param teams that have work, each on its own slices
 * @param members threads of a team, which share its slices
 * @param networks one for each team; with batch normalisation one for each slice
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
    int mostGroups = mostGroups(layout.order().size());
    int slices = slices(slice, batch);
    int members = layout.members();
    int teams = Math.min(most / members, Math.min(mostGroups, slices));
    boolean staged = Arrays.stream(layout.normalizations()).anyMatch(Objects::nonNull);
    int networks = staged ? slices : teams;
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

  /** Memory of a session of these numbers. */
  TrainingMemory memory(CpuLayout layout, int batch, Optimizer.Rule rule) {
    long arrays = 1L + groups(batch) + rule.moments();
    return new TrainingMemory(
        Float.BYTES
            * (arrays * layout.order().size() + layout.sharedFloats().applyAsLong(threads())),
        Float.BYTES * (networks * layout.sliceFloats()),
        0,
        TrainingMemory.heap(),
        Long.MAX_VALUE);
  }
}
