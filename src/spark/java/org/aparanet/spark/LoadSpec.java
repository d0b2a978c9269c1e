package org.aparanet.spark;

import java.io.Serializable;
import org.aparanet.train.ShardedOrder;
import org.aparanet.train.Shares;
import org.aparanet.train.TrainingPlan;

/**
 * What an executor has to know to read the shards of a run.
 *
 * @param id of the run
 * @param images number of images to learn from
 * @param batch images in a step
 * @param shares of every batch, as text
 * @param seed where the shuffling starts
 * @param shuffle whether shards are shuffled
 */
record LoadSpec(String id, int images, int batch, String shares, long seed, boolean shuffle)
    implements Serializable {

  static LoadSpec of(String id, TrainingPlan plan, int images) {
    return new LoadSpec(
        id, images, plan.batch(), plan.rounds().shares().toString(), plan.seed(), plan.shuffle());
  }

  ShardedOrder order() {
    return new ShardedOrder(images, batch, Shares.parse(shares), seed, shuffle);
  }
}
