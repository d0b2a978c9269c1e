package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.cpu.slice.OperationTimes;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stopwatches of a step's threads, and the profile that is made of them. */
class CpuProfileTest {
  private static final Network NETWORK =
      NetworkText.parse(
          new Shape(1, 9, 8), "conv 3 3 relu, pool 2, conv 4 2, relu, dense 6 relu, dense 3");

  private static final long LAP = 20_000; // nanoseconds

  private static void pass(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** An operation has all slices' times; what is between a lap and the next start is nobody's. */
  @Test
  void timesOfAllSlicesAddUp() {
    OperationTimes times = new OperationTimes(NETWORK.nodes());
    Node node = NETWORK.nodes().get(2);
    int slices = 7;
    long inside = 0;
    for (int slice = 0; slice < slices; slice++) {
      pass(50 * LAP); // waits for the others
      long start = System.nanoTime();
      times.start();
      pass(LAP);
      times.lap(OperationTimes.Piece.READ);
      pass(2 * LAP);
      times.lap(node, Direction.FORWARD);
      pass(3 * LAP);
      times.lap(node, Direction.BACKWARD_DATA);
      inside += System.nanoTime() - start;
    }
    long read = times.of(OperationTimes.Piece.READ);
    long forward = times.of(node, Direction.FORWARD);
    long backward = times.of(node, Direction.BACKWARD_DATA);
    assertTrue(read >= slices * LAP, () -> read + " ns");
    assertTrue(forward >= slices * 2 * LAP, () -> forward + " ns");
    assertTrue(backward >= slices * 3 * LAP, () -> backward + " ns");
    assertTrue(read + forward + backward <= inside, "no more than there was");
    assertEquals(0, times.of(node, Direction.BACKWARD_FILTER));
    assertEquals(0, times.of(NETWORK.nodes().get(0), Direction.FORWARD));
    assertEquals(0, times.of(OperationTimes.Piece.UPDATE));
  }

  /** Each operation's time is the mean of the threads, and what is missing is waiting. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void piecesAreTheMeanOfTheThreads(int threads) {
    OperationTimes[] times = new OperationTimes[threads];
    for (int thread = 0; thread < threads; thread++) {
      times[thread] = new OperationTimes(NETWORK.nodes());
      times[thread].start();
      for (OperationTimes.Piece piece : OperationTimes.Piece.values()) {
        pass((thread + 1) * LAP);
        times[thread].lap(piece);
      }
      for (Node node : NETWORK.nodes()) {
        for (Direction direction : Direction.values()) {
          pass((thread + 1) * LAP);
          times[thread].lap(node, direction);
        }
      }
    }
    double all = 0;
    List<Double> pieces = new ArrayList<>();
    for (OperationTimes.Piece piece : OperationTimes.Piece.values()) {
      double mean = 0;
      for (OperationTimes of : times) {
        mean += (double) of.of(piece) / threads;
      }
      pieces.add(mean);
      all += mean;
    }
    for (Node node : NETWORK.nodes()) {
      for (Direction direction : Direction.values()) {
        for (OperationTimes of : times) {
          all += (double) of.of(node, direction) / threads;
        }
      }
    }
    double wall = all + 1e6;
    SliceNetwork slices = CpuLayout.of(NETWORK, 64, 1, Arithmetic.AUTO).open();
    StepProfile profile = CpuProfile.of(NETWORK, 64, slices, times, threads, Math.round(wall));

    assertEquals(wall, profile.nanos(), 1);
    assertEquals(1e6, nanos(profile, StepPart.Kind.WAITING), 1);
    assertEquals(pieces.get(0), nanos(profile, StepPart.Kind.INPUT), 1);
    assertEquals(pieces.get(1), nanos(profile, StepPart.Kind.FILTERS), 1);
    assertEquals(pieces.get(2), nanos(profile, StepPart.Kind.SOFTMAX), 1);
    assertEquals(pieces.get(3), nanos(profile, StepPart.Kind.UPDATE), 1);
    StepProfile shorter = CpuProfile.of(NETWORK, 64, slices, times, threads, 0);
    assertEquals(0, nanos(shorter, StepPart.Kind.WAITING), "never below 0");
  }

  private static double nanos(StepProfile profile, StepPart.Kind kind) {
    return profile.parts().stream()
        .filter(part -> part.kind() == kind)
        .mapToDouble(StepPart::nanos)
        .sum();
  }
}
