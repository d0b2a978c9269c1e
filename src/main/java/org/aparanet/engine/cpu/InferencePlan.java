package org.aparanet.engine.cpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
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
  private final int members;
  private final Deque<SliceNetwork> shared = new ArrayDeque<>(); // guarded by idle
  private final Deque<SliceNetwork> idle = new ArrayDeque<>(); // guarded by itself
  private final Deque<Room> rooms = new ArrayDeque<>(); // guarded by itself

  /**
   * @param values of the parameters, laid out as {@code network.tensors()} says
   * @param members threads that are worth sharing a slice; 1 where it is too little work
   */
  InferencePlan(CpuLayout layout, Network network, float[] values, int members) {
    this.layout = layout;
    this.members = members;
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

  /** Whether several threads may share a slice. */
  boolean shares() {
    return members > 1;
  }

  /** Whether there are layers that are computed for all slices at once. */
  boolean wholeBatch() {
    return !layout.wholeBatch().nodes().isEmpty();
  }

  /** The most slices that are computed together: their activations are not more than parameters. */
  int together() {
    long fitting = parameters.length / layout.inference().floats();
    return (int) Math.max(1, Math.min(MOST_TOGETHER, fitting));
  }

  /**
   * Activations of slices that share weights, and what their layers need.
   *
   * @param networks of the slices, made when they are first needed
   * @param slices at most
   * @param threads at most
   */
  private record Room(
      List<SliceNetwork> networks, BatchLayers wholeBatch, int slices, int threads) {

    List<SliceNetwork> networks(int count, Supplier<SliceNetwork> source) {
      while (networks.size() < count) {
        networks.add(source.get());
      }
      return networks.subList(0, count);
    }
  }

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
    int slices = slices(count);
    Room room = takeRoom(slices, team.count());
    boolean shared = slices == 1 && team.count() > 1 && shares();
    SliceNetwork only = shared ? take(team) : null;
    List<SliceNetwork> networks = only == null ? networks(room, slices) : List.of(only);
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
    if (only != null) {
      giveBack(only);
    }
  }

  private void forward(List<SliceNetwork> networks, Team team, int from, int to) {
    team.run(networks.size(), (worker, slice) -> networks.get(slice).forward(parameters, from, to));
  }

  private List<SliceNetwork> networks(Room room, int slices) {
    Supplier<SliceNetwork> source = layout.inference().alone();
    return CpuEngine.allocate(layers, "", () -> room.networks(slices, source));
  }

  private Room takeRoom(int slices, int threads) {
    Room room;
    synchronized (rooms) {
      room = rooms.poll();
    }
    boolean enough = room != null && room.slices >= slices && room.threads >= threads;
    return enough ? room : CpuEngine.allocate(layers, "", () -> room(slices, threads));
  }

  private Room room(int slices, int threads) {
    BatchLayers wholeBatch = layout.wholeBatch().open(slices, threads);
    return new Room(new ArrayList<>(), wholeBatch, slices, threads);
  }

  /**
   * Runs slices forward: each on a thread, and those at the end for which there are too few, each
   * on all threads.
   *
   * @param pixels unsigned bytes [count, C, H, W]
   * @param logits receives the outputs [count, classes]
   * @param team threads that share the slices
   */
  void infer(byte[] pixels, int count, float[] logits, Team team) {
    int slices = slices(count);
    int apart = slices - Division.sharedInTurn(slices, team.count(), members);
    if (apart > 0) {
      team.run(apart, (worker, slice) -> infer(slice, pixels, count, logits, Team.ALONE));
    }
    for (int slice = apart; slice < slices; slice++) {
      infer(slice, pixels, count, logits, team);
    }
  }

  private int slices(int images) {
    return SliceCounts.slices(layout.slice(), images);
  }

  private void infer(int slice, byte[] pixels, int count, float[] logits, Team team) {
    int first = slice * layout.slice();
    int rows = Math.min(layout.slice(), count - first);
    SliceNetwork network = take(team);
    network.readAll(pixels, first, rows);
    network.begin(rows, first, null);
    network.forward(parameters, 0, network.nodes());
    System.arraycopy(network.logits(), 0, logits, first * classes, rows * classes);
    giveBack(network);
  }

  /** A network that a team computes, if several threads may. */
  private SliceNetwork take(Team team) {
    boolean several = team.count() > 1 && shares();
    SliceNetwork network;
    synchronized (idle) {
      network = (several ? shared : idle).poll();
    }
    if (network == null) {
      CpuLayout.ForInference networks = layout.inference();
      Supplier<SliceNetwork> source = several ? networks.shared() : networks.alone();
      network = CpuEngine.allocate(layers, "", source);
    }
    network.slice().share(several ? team : Team.ALONE);
    return network;
  }

  private void giveBack(SliceNetwork network) {
    synchronized (idle) {
      (network.slice().team().count() > 1 ? shared : idle).push(network);
    }
  }
}
