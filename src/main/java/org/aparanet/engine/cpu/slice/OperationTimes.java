package org.aparanet.engine.cpu.slice;

import java.util.List;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * Stopwatch of one thread, which attributes the time since its last reading to an operation. It
 * reads the clock once for each operation on a whole slice.
 */
public final class OperationTimes {
  private static final int DIRECTIONS = Direction.values().length;

  private final long[] nanos; // by node and direction, then by piece
  private final int pieces;
  private long last;

  /** Work that belongs to no layer. */
  public enum Piece {
    READ,
    FILTERS,
    SOFTMAX,
    UPDATE
  }

  public OperationTimes(List<Node> nodes) {
    pieces = nodes.size() * DIRECTIONS;
    nanos = new long[pieces + Piece.values().length];
  }

  /** Restarts the clock: earlier time is not booked. */
  public void start() {
    last = System.nanoTime();
  }

  public void lap(Node node, Direction direction) {
    lap(node.index() * DIRECTIONS + direction.ordinal());
  }

  public void lap(Piece piece) {
    lap(pieces + piece.ordinal());
  }

  private void lap(int at) {
    long now = System.nanoTime();
    nanos[at] += now - last;
    last = now;
  }

  public long of(Node node, Direction direction) {
    return nanos[node.index() * DIRECTIONS + direction.ordinal()];
  }

  public long of(Piece piece) {
    return nanos[pieces + piece.ordinal()];
  }
}
