package org.aparanet.spark;

import java.io.Serializable;
import org.aparanet.engine.Device;
import org.aparanet.train.rounds.RoundResult;

/**
 * What a task has made of a share.
 *
 * @param round the result
 * @param device that has computed it
 */
record ShareResult(RoundResult round, Device device) implements Serializable {

  /** The same without the state, which is a part of a sum by then. */
  ShareResult withoutState() {
    return new ShareResult(new RoundResult(round.share(), null, round.steps()), device);
  }
}
