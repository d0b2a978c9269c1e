package org.aparanet.engine.cpu.channel;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.cpu.slice.Fusion;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;
import org.aparanet.engine.cpu.slice.ParameterOrder;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.cpu.vector.ChannelTiles;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.support.HumongousArrays;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Layer;
import org.aparanet.model.LeakyRelu;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shortcut;

/**
 * The layers of a network with channels in the lanes of the vectors, with their memory layout and
 * their order of parameters. Made once for a session and shared by its threads; {@link #open} makes
 * the part that each thread has of its own.
 */
public final class ChannelLayers implements Layer.Cases<ChannelLayer> {
  private final Network network;
  private final boolean inference;
  private final ParameterArithmetic arithmetic;
  private final Fusion fusion;
  private final LaneMemory memory;
  private final ParameterOrder order;
  private final List<ChannelLayer> all = new ArrayList<>();

  /**
   * @param network of layers that are {@link #supported}
   * @param lanes floats of a vector
   * @param inference whether the layers are for inference alone
   */
  public ChannelLayers(
      Network network, int lanes, ParameterArithmetic arithmetic, boolean inference) {
    this.network = network;
    this.inference = inference;
    this.arithmetic = arithmetic;
    fusion = new Fusion(network);
    memory = new LaneMemory(network, fusion, lanes, true);
    order = new ParameterOrder(network, new ChannelParameters(memory), List.of());
    for (Node node : network.nodes()) {
      all.add(node.accept(this));
    }
  }

  /** Whether all layers of a network can be computed with channels in the lanes. */
  public static boolean supported(Network network) {
    SupportedLayers supported = new SupportedLayers();
    return network.nodes().stream().allMatch(node -> node.accept(supported));
  }

  @Override
  public ChannelLayer convolution(Node node, Convolution layer) {
    boolean tiles =
        inference && ChannelTiles.suits(node, layer, memory.input(node).value(), memory.lanes());
    return tiles
        ? new InferenceConvolution(node, layer, this)
        : new ChannelConvolution(node, layer, this);
  }

  @Override
  public ChannelLayer dense(Node node, Dense layer) {
    return inference && InferenceDense.suits(node, memory.lanes())
        ? new InferenceDense(node, this)
        : new ChannelDense(node, this);
  }

  @Override
  public ChannelLayer maxPool(Node node, MaxPool layer) {
    return new ChannelMaxPool(node, layer, this);
  }

  @Override
  public ChannelLayer relu(Node node, Relu layer) {
    return new ChannelRelu(node, this);
  }

  @Override
  public ChannelLayer leakyRelu(Node node, LeakyRelu layer) {
    throw unsupported(layer);
  }

  @Override
  public ChannelLayer averagePool(Node node, AveragePool layer) {
    throw unsupported(layer);
  }

  @Override
  public ChannelLayer globalAveragePool(Node node, GlobalAveragePool layer) {
    throw unsupported(layer);
  }

  @Override
  public ChannelLayer batchNorm(Node node, BatchNorm layer) {
    throw unsupported(layer);
  }

  @Override
  public ChannelLayer dropout(Node node, Dropout layer) {
    throw unsupported(layer);
  }

  @Override
  public ChannelLayer residualAdd(Node node, ResidualAdd layer) {
    throw unsupported(layer);
  }

  @Override
  public ChannelLayer shortcut(Node node, Shortcut layer) {
    throw unsupported(layer);
  }

  static IllegalStateException unsupported(Layer layer) {
    return new IllegalStateException(layer.label() + " with channels in the lanes");
  }

  /**
   * Lays parameters out for inference, where a layer has another layout for it.
   *
   * @param parameters of all layers
   */
  public void layOut(float[] parameters) {
    for (ChannelLayer layer : all) {
      if (layer instanceof InferenceLayer own) {
        own.layOut(parameters);
      }
    }
  }

  /** Makes the network of one thread. */
  public SliceNetwork open() {
    return new ChannelNetwork(this);
  }

  /** The positions of the parameters. */
  public ParameterOrder order() {
    return order;
  }

  /** Floats that {@link #open} takes. */
  public long sliceFloats() {
    return HumongousArrays.length(memory.size())
        + all.stream().mapToLong(ChannelLayer::kept).sum()
        + 2L * network.classes();
  }

  Network network() {
    return network;
  }

  ParameterArithmetic arithmetic() {
    return arithmetic;
  }

  Fusion fusion() {
    return fusion;
  }

  LaneMemory memory() {
    return memory;
  }

  /** The layers in their order. */
  List<ChannelLayer> all() {
    return all;
  }
}
