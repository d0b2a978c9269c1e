package org.aparanet.engine.cpu;

import java.util.List;
import org.aparanet.engine.cpu.slice.Laps;
import org.aparanet.engine.cpu.slice.OperationTimes;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/** Stopwatches of a session's threads, which run only while a step is profiled. */
final class Stopwatches implements Laps {
  private OperationTimes[] times; // by worker; null unless a step is profiled

  /**
   * Sets new stopwatches for a step.
   *
   * @param workers number of those that are timed; the others are not
   */
  void begin(int workers, List<Node> nodes) {
    times = new OperationTimes[workers];
    for (int worker = 0; worker < workers; worker++) {
      times[worker] = new OperationTimes(nodes);
    }
  }

  /** Ends the profile; networks drop their stopwatches when they are used next. */
  void end() {
    times = null;
  }

  /** All stopwatches, by worker; null unless a step is profiled. */
  OperationTimes[] all() {
    return times;
  }

  /** Sets a network's stopwatch to a worker's, or to none. */
  void attach(int worker, SliceNetwork network) {
    network.slice().profile(timed(worker) ? times[worker] : null);
  }

  @Override
  public void start(int worker) {
    if (timed(worker)) {
      times[worker].start();
    }
  }

  @Override
  public void lap(int worker, Node node, Direction direction) {
    if (timed(worker)) {
      times[worker].lap(node, direction);
    }
  }

  @Override
  public void lap(int worker, OperationTimes.Piece piece) {
    if (timed(worker)) {
      times[worker].lap(piece);
    }
  }

  private boolean timed(int worker) {
    return times != null && worker < times.length;
  }
}
