package org.aparanet.train;

import java.util.List;
import java.util.function.LongPredicate;

/** Steps of one epoch, in their order, until none is left. */
public interface EpochSteps extends AutoCloseable {

  /**
   * Takes the next step, or several that belong together. The last one may have a loss that is not
   * finite; the state is not to be used then.
   *
   * @param before steps of the run so far
   * @param due asked after each of several steps, with the number of steps of the run, whether to
   *     take no more of them if that changes nothing about the result
   * @param observer of a step's profile
   * @return what was taken, at least one step
   * @throws org.aparanet.engine.EngineException if a device fails, and none takes its place
   */
  List<TakenStep> take(long before, LongPredicate due, StateObserver observer);

  /** Ends what prepares the images of coming steps. */
  @Override
  void close();
}
