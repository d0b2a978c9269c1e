package org.aparanet.engine.cpu.slice;

import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/** Stopwatches of threads that share work; they run only while a step is profiled. */
public interface Laps {

  /** No stopwatches. */
  Laps NONE =
      new Laps() {
        @Override
        public void start(int worker) {}

        @Override
        public void lap(int worker, Node node, Direction direction) {}

        @Override
        public void lap(int worker, OperationTimes.Piece piece) {}
      };

  /** Restarts a worker's clock: earlier time is not booked. */
  void start(int worker);

  /** Books the time since the worker's last reading under a layer. */
  void lap(int worker, Node node, Direction direction);

  /** Books the time since the worker's last reading under work that belongs to no layer. */
  void lap(int worker, OperationTimes.Piece piece);
}
