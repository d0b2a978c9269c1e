package org.aparanet.engine.cpu;

import java.util.List;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * A stopwatch of one thread that books the time since its last reading under what was done in it.
 * It reads the clock once for each operation on a whole slice.
 */
final class OperationTimes {
  private static final int DIRECTIONS = Direction.values().length;

  private final long[] nanos; // by node and direction, then by piece
  private final int pieces;
  private long last;

  /** What is no layer's work. */
  enum Piece {
    READ,
    FILTERS,
    SOFTMAX,
    UPDATE
  }

  OperationTimes(List<Node> nodes) {
    pieces = nodes.size() * DIRECTIONS;
    nanos = new long[pieces + Piece.values().length];
  }

  /** What was done before belongs to nothing. */
  void start() {
    last = System.nanoTime();
  }

  void lap(Node node, Direction direction) {
    lap(node.index() * DIRECTIONS + direction.ordinal());
  }

  void lap(Piece piece) {
    lap(pieces + piece.ordinal());
  }

  private void lap(int at) {
    long now = System.nanoTime();
    nanos[at] += now - last;
    last = now;
  }

  long of(Node node, Direction direction) {
    return nanos[node.index() * DIRECTIONS + direction.ordinal()];
  }

  long of(Piece piece) {
    return nanos[pieces + piece.ordinal()];
  }
}
