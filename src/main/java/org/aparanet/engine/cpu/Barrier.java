package org.aparanet.engine.cpu;

import org.aparanet.engine.cpu.slice.Normalization;
import org.aparanet.model.Network.Node;

/**
 * Layer before which a step waits for all slices of a batch: a batch normalisation, whose sums are
 * merged there and which is then part of the next stage, or a layer that is computed for all slices
 * at once, between two stages.
 *
 * @param normalization null where the layer is computed for all slices at once
 */
record Barrier(Node node, Normalization normalization) {

  boolean normalizes() {
    return normalization != null;
  }

  /** First layer behind those of the stage before, and so its end going forward. */
  int end() {
    return node.index();
  }

  /** First layer of the next stage. */
  int next() {
    return normalizes() ? node.index() : node.index() + 1;
  }

  /** First layer of the next stage going back: the normalisation waits for its sums. */
  int nextBack() {
    return node.index() + 1;
  }

  /** First layer behind those of the stage before, going back. */
  int endBack() {
    return normalizes() ? node.index() + 1 : node.index();
  }
}
