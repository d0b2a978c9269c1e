package org.aparanet.engine.cpu.slice;

import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * Slice of a batch that a thread works on: number of images, position in the batch, dropout and
 * stopwatch. The layers of a {@link SliceNetwork} read it.
 */
public class Slice {
  private int images;
  private int first;
  private DropoutStep dropout;
  private OperationTimes times;
  private Team team = Team.ALONE;

  /**
   * Begins a slice.
   *
   * @param rows number of images
   * @param firstRow row of the batch that is the slice's first image
   * @param step what training drops; null for inference
   */
  public final void begin(int rows, int firstRow, DropoutStep step) {
    images = rows;
    first = firstRow;
    dropout = step;
  }

  /** Sets the threads that compute this slice from now on. */
  public final void share(Team threads) {
    team = threads;
  }

  /** Threads that compute this slice. */
  public final Team team() {
    return team;
  }

  /** Whether the slice is of an inference, whose layers keep nothing for a backward pass. */
  public final boolean inference() {
    return dropout == null;
  }

  /** Number of images in the slice. */
  public final int images() {
    return images;
  }

  /** Row of the batch that is the slice's first image. */
  public final int first() {
    return first;
  }

  /** Dropout of the training step; null for inference. */
  public final DropoutStep dropout() {
    return dropout;
  }

  /**
   * Books the time of every operation from now on.
   *
   * @param target the thread's stopwatch; null to end it
   */
  public final void profile(OperationTimes target) {
    times = target;
  }

  /** Books the time since the last reading under a layer. */
  public final void lap(Node node, Direction direction) {
    if (times != null) {
      times.lap(node, direction);
    }
  }

  /** Books the time since the last reading under a piece of work that belongs to no layer. */
  public final void lap(OperationTimes.Piece piece) {
    if (times != null) {
      times.lap(piece);
    }
  }
}
