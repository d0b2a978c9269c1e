package org.aparanet.train;

import org.aparanet.data.BatchSampler;
import org.aparanet.data.ImageOrder;

/**
 * Order in which each share of the batches has all its images from a part of the set of its own, a
 * shard, as where the images of a set lie on several machines. In the set's own order every batch
 * is divided into shares; the shard of a share is all that it has there, so that a set that is
 * sorted by class is dealt evenly. In each epoch the share visits its shard in an order that only
 * depends on the seed, the share and the epoch.
 *
 * @param count images of the set, at least 1
 * @param batch images in a step, the last one of an epoch taking what is left
 * @param shares of every batch
 * @param seed where the shuffling starts
 * @param shuffle whether to shuffle each shard; if not, it is visited in the set's order
 */
public record ShardedOrder(int count, int batch, Shares shares, long seed, boolean shuffle)
    implements ImageOrder {

  /**
   * {@return the images of a shard, by their places in the set, in the set's order}
   *
   * @param share its number, from 0
   */
  public int[] shard(int share) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return shares.of(share, order, batch);
  }

  /**
   * {@return the order in which an epoch visits a shard: places in {@link #shard}}
   *
   * @param share its number, from 0
   * @param images of the shard
   * @param epoch number of the epoch, from 1
   */
  public int[] order(int share, int images, int epoch) {
    return images == 0
        ? new int[0]
        : new BatchSampler(images, Shares.seed(seed, share), shuffle).order(epoch);
  }

  @Override
  public int[] order(int epoch) {
    int[] order = new int[count];
    for (int share = 0; share < shares.count(); share++) {
      int[] shard = shard(share);
      int[] visited = order(share, shard.length, epoch);
      int next = 0;
      for (int start = 0; start < count; start += batch) {
        int images = Math.min(batch, count - start);
        int end = start + shares.from(share + 1, images, batch);
        for (int i = start + shares.from(share, images, batch); i < end; i++) {
          order[i] = shard[visited[next++]];
        }
      }
    }
    return order;
  }
}
