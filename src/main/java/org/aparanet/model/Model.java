package org.aparanet.model;

import java.util.Objects;

/**
 * A network with its parameters.
 *
 * @param parameters {@link Network#parameterCount()} elements, laid out as {@link
 *     Network#tensors()} says; not copied
 */
public record Model(Network network, float[] parameters) {

  /**
   * @throws IllegalArgumentException if the number of parameters is not the network's
   */
  public Model {
    Objects.requireNonNull(network);
    if (parameters.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          parameters.length + " parameters for a network that has " + network.parameterCount());
    }
  }
}
