package org.aparanet.engine.cpu;

import java.util.function.Supplier;
import org.aparanet.model.Network;

/**
 * How a session works: the arithmetic that suits its batch.
 *
 * @param slice the most images that a workspace takes at a time
 * @param order where the parameters lie
 * @param source makes a workspace for one thread
 */
record Workspaces(int slice, ParameterOrder order, Supplier<Workspace> source) {

  /** A slice's activations should fit into a core's second-level cache: 2^18 floats, 1 MiB. */
  private static final long SLICE_FLOATS = 1 << 18;

  private static final int LARGEST_SLICE = 4;

  /**
   * @param batch the most images of a step
   * @param arithmetic which vectors to use, if there are vector instructions
   */
  static Workspaces of(Network network, int batch, Arithmetic arithmetic) {
    if (arithmetic == Arithmetic.SCALARS || !LaneSupport.present()) {
      return scalars(network, batch);
    }
    int lanes = LaneSupport.operations().lanes();
    // at one half the same number of operations is shared by more threads with channels
    boolean images =
        arithmetic == Arithmetic.SUITED ? batch > lanes / 2 : arithmetic == Arithmetic.IMAGES;
    LanePlan plan = new LanePlan(network, lanes, !images);
    ParameterOrder order = new ParameterOrder(plan);
    return images
        ? new Workspaces(
            lanes, order, () -> new LaneWorkspace(plan, order, LaneSupport.operations()))
        : new Workspaces(1, order, () -> new ChannelWorkspace(plan, order));
  }

  private static Workspaces scalars(Network network, int batch) {
    long size = ScalarWorkspace.activationSize(network);
    int slice = (int) Math.max(1, Math.min(LARGEST_SLICE, SLICE_FLOATS / size));
    return new Workspaces(
        slice,
        new ParameterOrder(network),
        () -> new ScalarWorkspace(network, Math.min(slice, batch)));
  }

  /** A new workspace for one thread. */
  Workspace open() {
    return source.get();
  }
}
