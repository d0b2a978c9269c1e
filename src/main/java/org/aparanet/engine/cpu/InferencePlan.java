package org.aparanet.engine.cpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.aparanet.engine.cpu.slice.BatchLayers;
import org.aparanet.engine.cpu.slice.Laps;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.cpu.slice.Team;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;

/**
 * Network with fixed parameters in one vector layout. Each call that runs has a network of
 * activations to itself; the parameters are shared.
 */
final class InferencePlan {
  /** Slices that read weights together: more would save little. */
  private static final int MOST_TOGETHER = 16;

  private final CpuLayout layout;
  private final Network layers;
  private final float[] parameters; // in the layout's order
  private final int classes;
  private final Deque<SliceNetwork> idle = new ArrayDeque<>(); // guarded by itself
  private final Deque<Room> rooms = new ArrayDeque<>(); // guarded by itself

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

  /** The most images of a slice. */
  int slice() {
    return layout.slice();
  }

  /** Whether there are layers that are computed for all slices at once. */
  boolean wholeBatch() {
    return !layout.wholeBatch().nodes().isEmpty();
  }

  /** The most slices that are computed together: their activations are not more than parameters. */
  int together() {
    long fitting = parameters.length / layout.sliceFloats();
    return (int) Math.max(1, Math.min(MOST_TOGETHER, fitting));
  }

  /** Activations of slices that share weights, and what their layers need for some threads. */
  private record Room(List<SliceNetwork> networks, BatchLayers wholeBatch, int threads) {}

  /**
   * Runs a few slices forward, each layer of the whole batch for all of them at once.
   *
   * @param pixels unsigned bytes [images, C, H, W]
   * @param first the first image among them
   * @param count images, at most those of {@link #together} slices
   * @param logits receives the outputs at the images' places [images, classes]
   * @param team threads that share the slices, and each layer of the whole batch
   */
  void inferTogether(byte[] pixels, int first, int count, float[] logits, Team team) {
    int slices = (count - 1) / layout.slice() + 1;
    Room room = takeRoom(slices, team.count());
    List<SliceNetwork> networks = room.networks.subList(0, slices);
    team.run(
        slices,
        (worker, slice) -> {
          int from = first + slice * layout.slice();
          int rows = Math.min(layout.slice(), first + count - from);
          SliceNetwork network = networks.get(slice);
          network.readAll(pixels, from, rows);
          network.begin(rows, from, null);
        });
    int begin = 0;
    for (Node node : layout.wholeBatch().nodes()) {
      forward(networks, team, begin, node.index());
      room.wholeBatch.forward(node, networks, team, Laps.NONE, parameters);
      begin = node.index() + 1;
    }
    forward(networks, team, begin, layers.nodes().size());
    for (int slice = 0; slice < slices; slice++) {
      int from = first + slice * layout.slice();
      int rows = Math.min(layout.slice(), first + count - from);
      System.arraycopy(networks.get(slice).logits(), 0, logits, from * classes, rows * classes);
    }
    synchronized (rooms) {
      rooms.push(room);
    }
  }

  private void forward(List<SliceNetwork> networks, Team team, int from, int to) {
    team.run(networks.size(), (worker, slice) -> networks.get(slice).forward(parameters, from, to));
  }

  private Room takeRoom(int slices, int threads) {
    Room room;
    synchronized (rooms) {
      room = rooms.poll();
    }
    boolean enough = room != null && room.networks.size() >= slices && room.threads >= threads;
    return enough ? room : CpuEngine.allocate(layers, "", () -> room(slices, threads));
  }

  private Room room(int slices, int threads) {
    List<SliceNetwork> networks = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      networks.add(layout.open());
    }
    return new Room(networks, layout.wholeBatch().open(slices, threads), threads);
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
