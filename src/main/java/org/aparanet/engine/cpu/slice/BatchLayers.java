package org.aparanet.engine.cpu.slice;

import java.util.List;
import org.aparanet.model.Network.Node;

/**
 * Layers that are computed for all slices of a batch at once, as their weights are more than a
 * cache holds: all threads share the weights, each of which is read once for all images. A sum is
 * never divided, so that results are bitwise equal for any number of threads.
 */
public interface BatchLayers {

  /**
   * Which layers of a network these are, and what they need.
   *
   * @param nodes in their order
   * @param source makes the arrays that they need
   */
  record Plan(List<Node> nodes, Source source) {

    /** No such layers. */
    public static final Plan NONE = new Plan(List.of(), null);

    /** Floats that {@link #open} takes. */
    public long floats(int slices, int threads) {
      return nodes.isEmpty() ? 0 : source.floats(slices, threads);
    }

    /** Makes the layers for at most so many slices and threads; null where there are none. */
    public BatchLayers open(int slices, int threads) {
      return nodes.isEmpty() ? null : source.open(slices, threads);
    }
  }

  /** Maker of such layers. */
  interface Source {

    /** Floats that {@link #open} takes. */
    long floats(int slices, int threads);

    /** Makes the layers for at most so many slices and threads. */
    BatchLayers open(int slices, int threads);
  }

  /**
   * Forward pass of a layer, whose inputs all slices have.
   *
   * @param team threads that share the work
   * @param parameters of all layers
   */
  void forward(Node node, List<SliceNetwork> slices, Team team, Laps laps, float[] parameters);

  /**
   * Backward pass of a layer, whose outputs' gradient all slices have. Parameters are updated
   * behind the last use of their old values.
   *
   * @param team threads that share the work
   * @param parameters of all layers
   * @param gradient receives that of the layer's parameters
   */
  void backward(
      Node node,
      List<SliceNetwork> slices,
      Team team,
      Laps laps,
      float[] parameters,
      float[] gradient,
      PartUpdate update);
}
