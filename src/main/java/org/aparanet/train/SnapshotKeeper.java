package org.aparanet.train;

import java.util.function.LongSupplier;

/** Store of a run's snapshots outside of its process, so that another one can continue it. */
public interface SnapshotKeeper {

  /**
   * Called with the start of the run, before its first step.
   *
   * @param start before the first step
   * @param nanos time of the run's clock, in nanoseconds
   */
  void begin(Snapshot start, long nanos);

  /**
   * {@return whether a snapshot should be kept now, in the middle of an epoch}
   *
   * @param step steps taken in the whole run
   * @param nanos time of the run's clock, in nanoseconds
   */
  boolean due(long step, long nanos);

  /**
   * Keeps a snapshot.
   *
   * @param snapshot to be kept
   * @param clock the run's, in nanoseconds
   * @throws org.aparanet.model.ModelFileException if it cannot be written; earlier snapshots are as
   *     they were
   */
  void keep(Snapshot snapshot, LongSupplier clock);
}
