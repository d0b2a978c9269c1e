package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.cpu.slice.OperationTimes;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.support.StepParts;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;

/** Profile of a step from the stopwatches of its threads. */
final class CpuProfile {
  private final List<Node> nodes;
  private final StepParts work;
  private final SliceNetwork sliceNetwork;
  private final OperationTimes[] times;
  private final List<StepPart> parts = new ArrayList<>();

  private CpuProfile(
      Network network, int images, SliceNetwork sliceNetwork, OperationTimes[] times) {
    nodes = network.nodes();
    work = new StepParts(network, images);
    this.sliceNetwork = sliceNetwork;
    this.times = times;
  }

  /**
   * @param sliceNetwork tells which layers are fused
   * @param times by thread, or by team that shares each operation
   * @param threads that compute the step
   * @param wall time of the whole step, in nanoseconds
   */
  static StepProfile of(
      Network network,
      int images,
      SliceNetwork sliceNetwork,
      OperationTimes[] times,
      int threads,
      long wall) {
    CpuProfile profile = new CpuProfile(network, images, sliceNetwork, times);
    profile.addAll();
    double busy = profile.parts.stream().mapToDouble(StepPart::nanos).sum();
    profile.parts.add(
        new StepPart(
            "threads waiting, hand-over of work",
            StepPart.Kind.WAITING,
            Math.max(0, wall - busy),
            0,
            0,
            0));
    return new StepProfile(profile.parts, method(times.length, threads));
  }

  private static String method(int clocks, int threads) {
    if (clocks > 1 && clocks < threads) {
      return clocks
          + " threads read the clock after every operation on a slice, which teams of "
          + threads / clocks
          + " share; an operation's time is the sum over the slices, divided by the number of teams";
    }
    return clocks < threads
        ? "one thread reads the clock after every operation on a slice, which all threads ("
            + threads
            + ") share"
        : "each thread reads the clock after every operation on a slice; an operation's time is the"
            + " sum over the slices, divided by the number of threads ("
            + threads
            + ")";
  }

  private void addAll() {
    add(work.filters(piece(OperationTimes.Piece.FILTERS)));
    add(work.input(piece(OperationTimes.Piece.READ), 0));
    for (Node node : nodes) {
      add(node, Direction.FORWARD);
    }
    add(work.softmax(piece(OperationTimes.Piece.SOFTMAX)));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      for (Direction direction : Direction.values()) {
        if (direction != Direction.FORWARD) {
          add(nodes.get(i), direction);
        }
      }
    }
    add(work.update(piece(OperationTimes.Piece.UPDATE), 0));
  }

  private void add(Node node, Direction direction) {
    boolean forward = direction == Direction.FORWARD;
    if (forward && sliceNetwork.fusedInto(node) != node) {
      return;
    }
    List<Node> together =
        forward
            ? nodes.stream().filter(other -> sliceNetwork.fusedInto(other) == node).toList()
            : List.of(node);
    double nanos = together.stream().mapToDouble(other -> shared(other, direction)).sum();
    add(work.layer(together, direction, nanos, 0));
  }

  private void add(StepPart part) {
    if (part.nanos() > 0) {
      parts.add(part);
    }
  }

  private double shared(Node node, Direction direction) {
    double sum = 0;
    for (OperationTimes of : times) {
      sum += of.of(node, direction);
    }
    return sum / times.length;
  }

  private double piece(OperationTimes.Piece piece) {
    double sum = 0;
    for (OperationTimes of : times) {
      sum += of.of(piece);
    }
    return sum / times.length;
  }
}
