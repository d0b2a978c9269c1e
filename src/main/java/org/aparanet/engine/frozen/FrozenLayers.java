package org.aparanet.engine.frozen;

import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.model.Network;

/**
 * Which layers of a network keep their parameters, and what becomes of their outputs.
 *
 * @param count the first layers, which are frozen; 0 for none
 * @param kept whether the outputs for images that do not change are computed once and kept in
 *     memory; otherwise they are computed for each batch
 */
public record FrozenLayers(int count, boolean kept) {

  /** All layers learn. */
  public static final FrozenLayers NONE = new FrozenLayers(0, false);

  /** The longest array that every JVM can make. */
  private static final int MOST_FLOATS = Integer.MAX_VALUE - 8;

  /**
   * Opens a session in which these layers are frozen.
   *
   * @param engine that computes all layers
   * @param network the whole one, which may be divided behind these layers
   * @param batch the most images that one step or inference takes, at least 1
   * @return the session, to be closed
   * @throws EngineException as {@link Engine#open}
   */
  public Session open(Engine engine, Network network, int batch) {
    if (count == 0) {
      return engine.open(network, batch);
    }
    Network first = network.first(count);
    if ((long) batch * Math.max(first.classes(), first.input().size()) > MOST_FLOATS) {
      throw new EngineException(
          "the outputs of the "
              + count
              + " frozen layers for a batch of "
              + batch
              + " images are more than an array can hold");
    }
    return new FrozenSession(engine, network, this, batch);
  }

  /**
   * {@return the layers that learn}
   *
   * @param network the whole one
   */
  public Network learning(Network network) {
    return count == 0 ? network : network.behind(count);
  }

  /**
   * {@return the bytes that the kept outputs of images take}
   *
   * @param network the whole one
   * @param images number of images
   */
  public long bytes(Network network, long images) {
    return count == 0 ? 0 : Float.BYTES * images * network.nodes().get(count).input().size();
  }
}
