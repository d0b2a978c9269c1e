package org.aparanet.engine.cpu.slice;

import org.aparanet.model.Network.Node;

/** Update of a part of a layer's parameters, by the thread that has just computed its gradient. */
@FunctionalInterface
public interface PartUpdate {

  /** Leaves the parameters as they are: they are updated when all gradients are known. */
  PartUpdate LATER = (node, from, to, gradient) -> {};

  /**
   * Moves parameters {@code from} to {@code to} (exclusive).
   *
   * @param gradient of all parameters
   */
  void apply(Node node, int from, int to, float[] gradient);
}
