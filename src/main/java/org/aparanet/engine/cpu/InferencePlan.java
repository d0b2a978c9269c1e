package org.aparanet.engine.cpu;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.stream.Stream;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.cpu.slice.Team;
import org.aparanet.model.Network;

/**
 * Network with fixed parameters in one vector layout. Each call that runs has a network of
 * activations to itself; the parameters are shared.
 */
final class InferencePlan {
  private final CpuLayout layout;
  private final Network layers;
  private final float[] parameters; // in the layout's order
  private final int classes;
  private final Deque<SliceNetwork> idle = new ArrayDeque<>(); // guarded by itself

  /**
   * @param values of the parameters, laid out as {@code network.tensors()} says
   */
  InferencePlan(CpuLayout layout, Network network, float[] values) {
    this.layout = layout;
    layers = network;
    parameters = new float[layout.order().size()];
    layout.order().store(values, parameters);
    if (layout.filters() != null) {
      layout.filters().accept(Team.ALONE, parameters);
    }
    Stream.of(layout.normalizations())
        .filter(Objects::nonNull)
        .forEach(normalization -> normalization.infer(parameters));
    classes = network.classes();
  }

  /** The most images that {@link #infer} takes. */
  int slice() {
    return layout.slice();
  }

  /**
   * Runs a slice forward.
   *
   * @param pixels unsigned bytes [images, C, H, W]
   * @param first the slice's first image among them
   * @param count images of the slice, 1 to {@link #slice()}
   * @param logits receives the outputs at the images' places [images, classes]
   * @param team threads that compute the slice
   */
  void infer(byte[] pixels, int first, int count, float[] logits, Team team) {
    SliceNetwork network = take();
    network.readAll(pixels, first, count);
    network.begin(count, first, null);
    network.slice().share(team);
    network.forward(parameters, 0, network.nodes());
    System.arraycopy(network.logits(), 0, logits, first * classes, count * classes);
    giveBack(network);
  }

  private SliceNetwork take() {
    SliceNetwork network;
    synchronized (idle) {
      network = idle.poll();
    }
    return network == null ? CpuEngine.allocate(layers, "", layout::open) : network;
  }

  private void giveBack(SliceNetwork network) {
    synchronized (idle) {
      idle.push(network);
    }
  }
}
