package org.aparanet.engine.cpu;

import java.util.function.Supplier;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Layer;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;

/**
 * How a session works: the arithmetic that suits its batch.
 *
 * @param slice the most images that a workspace takes at a time
 * @param order where the parameters lie
 * @param panels of the filters; null where filters are read as they are
 * @param normalizations by node, shared by all workspaces; null where it is no batch normalisation
 * @param source makes a workspace for one thread, or for one slice
 */
record Workspaces(
    int slice,
    ParameterOrder order,
    FilterPanels panels,
    Normalization[] normalizations,
    Supplier<Workspace> source) {

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
    return images(network, batch, arithmetic, lanes)
        ? images(network, lanes)
        : channels(network, lanes);
  }

  /** Whether images go into the lanes, rather than channels. */
  private static boolean images(Network network, int batch, Arithmetic arithmetic, int lanes) {
    if (arithmetic == Arithmetic.IMAGES || !network.nodes().stream().allMatch(Workspaces::plain)) {
      return true;
    }
    // at one half the same number of operations is shared by more threads with channels
    return arithmetic == Arithmetic.SUITED && batch > lanes / 2;
  }

  /** Whether channels in the lanes know a layer. */
  private static boolean plain(Node node) {
    Layer layer = node.layer();
    return layer instanceof Convolution
        || layer instanceof MaxPool
        || layer instanceof Relu
        || layer instanceof Dense;
  }

  private static Workspaces images(Network network, int lanes) {
    LanePlan plan = new LanePlan(network, lanes, false);
    ParameterOrder order = new ParameterOrder(plan);
    Normalization[] normalizations = normalizations(network, order);
    FilterPanels panels = new FilterPanels(plan, LaneSupport.operations().widestPanel());
    return new Workspaces(
        lanes,
        order,
        panels,
        normalizations,
        () -> new LaneWorkspace(plan, order, LaneSupport.operations(), panels, normalizations));
  }

  private static Workspaces channels(Network network, int lanes) {
    LanePlan plan = new LanePlan(network, lanes, true);
    ParameterOrder order = new ParameterOrder(plan);
    return new Workspaces(
        1, order, null, normalizations(network, order), () -> new ChannelWorkspace(plan, order));
  }

  private static Workspaces scalars(Network network, int batch) {
    long size = ScalarWorkspace.activationSize(network);
    int slice = (int) Math.max(1, Math.min(LARGEST_SLICE, SLICE_FLOATS / size));
    ParameterOrder order = new ParameterOrder(network);
    Normalization[] normalizations = normalizations(network, order);
    return new Workspaces(
        slice,
        order,
        null,
        normalizations,
        () -> new ScalarWorkspace(network, Math.min(slice, batch), normalizations));
  }

  private static Normalization[] normalizations(Network network, ParameterOrder order) {
    return network.nodes().stream()
        .map(node -> node.layer() instanceof BatchNorm ? new Normalization(node, order) : null)
        .toArray(Normalization[]::new);
  }

  /** A new workspace. */
  Workspace open() {
    return source.get();
  }
}
