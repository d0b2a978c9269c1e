package org.aparanet.data.store;

import java.util.function.Consumer;

/**
 * Listener that is told sentences for the user while a data set is read, such as what was left out,
 * and how far the reading is. Progress may come from any thread.
 */
@FunctionalInterface
public interface ReadingListener extends Consumer<String> {

  /**
   * Images begin to be read.
   *
   * @param what is done to which set, such as {@code reading photos train}
   * @param images how many there are
   */
  default void begin(String what, long images) {}

  /**
   * Images have been read.
   *
   * @param images how many since the beginning
   */
  default void done(long images) {}

  /** No more images are read, whether there are any left or not. */
  default void end() {}
}
