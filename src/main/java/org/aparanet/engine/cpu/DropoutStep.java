package org.aparanet.engine.cpu;

import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.Network.Node;

/**
 * A training step, as dropout sees it.
 *
 * @param seed of the training
 * @param step number of the step, from 0
 */
record DropoutStep(long seed, long step) {

  /**
   * What each element of a row is multiplied by.
   *
   * @param row of the batch
   * @param mask receives element e at {@code at + e * stride}
   */
  void fill(Node node, int row, float[] mask, int at, int stride) {
    Dropout layer = (Dropout) node.layer();
    int key = DropoutMask.key(seed, step, node.index());
    int threshold = DropoutMask.threshold(layer.probability());
    int size = node.input().size();
    float scale = layer.scale();
    for (int e = 0; e < size; e++) {
      boolean kept = DropoutMask.hash(key, row * size + e) >= threshold;
      mask[at + e * stride] = kept ? scale : 0f;
    }
  }
}
