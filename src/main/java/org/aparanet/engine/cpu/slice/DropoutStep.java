package org.aparanet.engine.cpu.slice;

import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.Network.Node;

/**
 * Dropout of one training step.
 *
 * @param seed of the training
 * @param step number of the step, from 0
 * @param before layers of the whole network that stand before those with this dropout
 */
public record DropoutStep(long seed, long step, int before) {

  /**
   * Fills in the factor of each element of a row: 0 where it is dropped.
   *
   * @param node of the layer
   * @param row of the batch
   * @param mask receives element e at {@code at + e * stride}
   */
  public void fill(Node node, Dropout layer, int row, float[] mask, int at, int stride) {
    int key = DropoutMask.key(seed, step, before + node.index());
    int threshold = DropoutMask.threshold(layer.probability());
    int size = node.input().size();
    float scale = layer.scale();
    for (int e = 0; e < size; e++) {
      boolean kept = DropoutMask.hash(key, row * size + e) >= threshold;
      mask[at + e * stride] = kept ? scale : 0f;
    }
  }
}
