package org.aparanet.engine.cpu;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.aparanet.engine.cpu.lane.LanePasses;
import org.aparanet.model.Network;

/**
 * What the threads of the Java engine have to do in a training step with plain stochastic gradient
 * descent and images in the lanes, counted from the engine's own plans, and how long it should
 * take. Networks with layers that are computed for the whole batch are not counted.
 *
 * @param threads that were asked for
 * @param division of the slices among those that have work
 * @param slices of the batch
 * @param groups of slices, each with a gradient of its own
 * @param busiest slices of the team that has most
 * @param stages in which all slices are computed, with a barrier behind each
 * @param calls of all threads beside: the update, and the layout of the filters
 * @param sliceHandOvers passes of a slice that its team shares, over all its stages
 * @param learned floats that the update moves, padding included
 * @param sliceWork multiply-adds of a slice
 * @param memberWork multiply-adds of the thread of a team that has most of a slice
 * @param laidOut floats of filters packed for the vectors
 * @param laidOutBusiest of them by one thread
 */
record ThreadEstimate(
    int threads,
    Division division,
    int slices,
    int groups,
    int busiest,
    int stages,
    int calls,
    int sliceHandOvers,
    long learned,
    double sliceWork,
    double memberWork,
    long laidOut,
    long laidOutBusiest) {

  /** Parameters whose layout is worth several threads. */
  private static final int MANY_FILTERS = 100_000;

  /**
   * Speeds that times are made from.
   *
   * @param multiplyAdds of a thread, in 10^9 a second
   * @param sharing factor of the time of a slice that a team shares, uneven parts aside
   * @param core bytes that a thread reads or writes, in 10^9 a second
   * @param machine bytes that all of them do
   * @param handOver microseconds until all threads have begun, and until the last one's end is seen
   * @param handOverOfAThread microseconds more for each thread
   */
  record Speeds(
      double multiplyAdds,
      double sharing,
      double core,
      double machine,
      double handOver,
      double handOverOfAThread) {}

  static ThreadEstimate of(Network network, int batch, int threads) {
    CpuLayout layout = CpuLayout.of(network, batch, threads, Arithmetic.IMAGES);
    if (!layout.wholeBatch().nodes().isEmpty()) {
      throw new IllegalArgumentException("layers of the whole batch are not counted");
    }
    SliceCounts counts = SliceCounts.of(layout, batch, threads);
    Division division = new Division(counts.teams(), counts.members());
    int slices = counts.slices(batch);
    int groups = counts.groups(batch);
    List<LanePasses> passes = LanePasses.of(network, layout.parts());
    int stages = 1 + 2 * (int) Stream.of(layout.normalizations()).filter(Objects::nonNull).count();
    int learned = layout.order().learned();
    boolean alone = alone(slices, stages, division);
    List<Long> panels = LanePasses.panels(network);
    boolean shared = network.parameterCount() > MANY_FILTERS && division.threads() > 1;
    boolean updated = !alone && ParameterUpdate.shared(learned, groups, division.threads());
    return new ThreadEstimate(
        threads,
        division,
        slices,
        groups,
        Math.max(1, division.busiest(slices, groups)),
        stages,
        (updated ? 1 : 0) + (shared && panels.size() > 1 ? 1 : 0),
        division.members() == 1 ? 0 : (int) passes.stream().filter(LanePasses::divided).count(),
        learned,
        passes.stream().mapToDouble(LanePasses::work).sum() * layout.slice(),
        passes.stream().mapToDouble(p -> p.busiest(layout.parts(), division.members())).sum()
            * layout.slice(),
        panels.stream().mapToLong(Long::longValue).sum(),
        busiest(panels, shared ? division.threads() : 1));
  }

  /** What the thread with most has, when each takes the next piece, from the last to the first. */
  private static long busiest(List<Long> pieces, int threads) {
    long[] load = new long[threads];
    for (int i = pieces.size() - 1; i >= 0; i--) {
      int least = 0;
      for (int thread = 1; thread < threads; thread++) {
        least = load[thread] < load[least] ? thread : least;
      }
      load[least] += pieces.get(i);
    }
    long most = 0;
    for (long floats : load) {
      most = Math.max(most, floats);
    }
    return most;
  }

  /** Whether one thread computes all of a step, with its update. */
  boolean alone() {
    return alone(slices, stages, division);
  }

  private static boolean alone(int slices, int stages, Division division) {
    return slices == 1 && stages == 1 && division.members() == 1;
  }

  /** Times that the leaders are given work at once. */
  int leaderHandOvers() {
    return division.teams() == 1 ? 0 : (groups > 1 ? stages : 0) + calls;
  }

  /** Times that members are given work by their leaders, in all teams. */
  int memberHandOvers() {
    boolean alone = division.members() == 1;
    return alone ? 0 : slices * sliceHandOvers + calls * division.teams();
  }

  /** Threads that find no work. */
  int idle() {
    return threads - division.threads();
  }

  /** Work of the busiest thread over that of an even share of all threads: 1 is best. */
  double imbalance() {
    return busiest * memberWork * threads / (slices * sliceWork);
  }

  /** Bytes that the update reads and writes: gradients of all groups, the sum, parameters. */
  long updateBytes() {
    return Float.BYTES * learned * (groups + (groups > 1 ? 1 : 0) + 2L);
  }

  /** Seconds of a step. */
  double seconds(Speeds speeds) {
    int used = division.threads();
    double bandwidth = Math.min(used * speeds.core, speeds.machine) * 1e9;
    double laying = Float.BYTES * 3.0 * laidOutBusiest / (speeds.core * 1e9);
    double leaders = leaderHandOvers() * handOver(speeds, division.teams());
    double members =
        (double) (busiest * sliceHandOvers + calls) * handOver(speeds, division.members());
    members = division.members() == 1 ? 0 : members;
    double sharing = division.members() == 1 ? 1 : speeds.sharing;
    return laying
        + busiest * memberWork * sharing / (speeds.multiplyAdds * 1e9)
        + updateBytes() / bandwidth
        + (leaders + members) / 1e6;
  }

  private static double handOver(Speeds speeds, int threads) {
    return speeds.handOver + speeds.handOverOfAThread * threads;
  }
}
