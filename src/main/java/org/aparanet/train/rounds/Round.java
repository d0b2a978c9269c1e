package org.aparanet.train.rounds;

import java.io.Serializable;

/**
 * Consecutive steps of an epoch between two averagings.
 *
 * @param epoch its number, from 1
 * @param firstStep steps of the epoch before the round
 * @param steps number of steps, at least 1
 * @param stepsBefore steps of the whole run before the round
 * @serial exclude
 */
public record Round(int epoch, int firstStep, int steps, long stepsBefore) implements Serializable {

  /**
   * Checks the values.
   *
   * @param epoch its number, from 1
   * @param firstStep steps of the epoch before the round
   * @param steps number of steps, at least 1
   * @param stepsBefore steps of the whole run before the round
   * @throws IllegalArgumentException if one is too small
   */
  public Round {
    if (epoch < 1 || firstStep < 0 || steps < 1 || stepsBefore < 0) {
      throw new IllegalArgumentException(
          steps + " steps from " + firstStep + " on in epoch " + epoch + " are no round");
    }
  }
}
