package org.aparanet.data;

/** The order in which the epochs of a run visit the images of a set. */
public interface ImageOrder {

  /** {@return the number of images} */
  int count();

  /**
   * {@return the order of one epoch: a new array with each of 0 to {@code count - 1} once}
   *
   * @param epoch number of the epoch, from 1
   */
  int[] order(int epoch);
}
