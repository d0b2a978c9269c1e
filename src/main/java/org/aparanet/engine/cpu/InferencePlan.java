package org.aparanet.engine.cpu;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Semaphore;
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
  private final float[] parameters; // in the layout's order
  private final int imageSize;
  private final int classes;
  private final Semaphore free; // networks that may be taken or made
  private final Deque<SliceNetwork> idle = new ArrayDeque<>(); // guarded by itself

  /**
   * @param values of the parameters, laid out as {@code network.tensors()} says
   * @param calls the most that run at a time; others wait
   */
  InferencePlan(CpuLayout layout, Network network, float[] values, int calls) {
    this.layout = layout;
    parameters = new float[layout.order().size()];
    layout.order().store(values, parameters);
    if (layout.filters() != null) {
      layout.filters().accept(parameters);
    }
    Stream.of(layout.normalizations())
        .filter(Objects::nonNull)
        .forEach(normalization -> normalization.infer(parameters));
    imageSize = network.input().size();
    classes = network.classes();
    free = new Semaphore(calls);
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
    free.acquireUninterruptibly();
    try {
      SliceNetwork network = take();
      network.readAll(pixels, first, count);
      network.begin(count, first, null);
      network.slice().share(team);
      network.forward(parameters, 0, network.nodes());
      System.arraycopy(network.logits(), 0, logits, first * classes, count * classes);
      giveBack(network);
    } finally {
      free.release();
    }
  }

  private SliceNetwork take() {
    SliceNetwork network;
    synchronized (idle) {
      network = idle.poll();
    }
    return network == null ? layout.open() : network;
  }

  private void giveBack(SliceNetwork network) {
    synchronized (idle) {
      idle.push(network);
    }
  }
}
