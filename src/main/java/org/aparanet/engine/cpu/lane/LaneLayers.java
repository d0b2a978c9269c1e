package org.aparanet.engine.cpu.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.engine.cpu.slice.BatchLayers;
import org.aparanet.engine.cpu.slice.Fusion;
import org.aparanet.engine.cpu.slice.Normalization;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;
import org.aparanet.engine.cpu.slice.ParameterOrder;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.cpu.slice.Team;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.engine.cpu.vector.Winograd;
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
 * The layers of a network with images in the lanes of the vectors, with their memory layout and
 * their order of parameters. Made once for a session and shared by its threads; {@link #open} makes
 * the part that each thread, or each slice, has of its own.
 */
public final class LaneLayers implements Layer.Cases<LaneLayer> {

  /** Parameters whose layout is worth several threads. */
  private static final int MANY_FILTERS = 100_000;

  private final Network network;
  private final Fusion fusion;
  private final LaneMemory memory;
  private final ParameterOrder order;
  private final Normalization[] normalizations; // by node, null where it is no normalisation
  private final List<LaneLayer> all = new ArrayList<>();
  private final List<LaneConvolution> convolutions = new ArrayList<>();
  private final int widest = LaneSupport.operations().widestPanel();
  private final int parts;
  private final boolean manyFilters;
  private final List<Node> batchNodes; // dense layers of the whole batch
  private float[][] transformedFilters = {}; // scratch, of one layer at a time, by worker

  /**
   * @param lanes floats of a vector
   * @param parts into which the work of a slice is divided, for as many threads; 1 to leave it
   *     whole
   * @param wholeBatch which dense layers are computed for all slices at once
   */
  public LaneLayers(Network network, int lanes, int parts, WholeBatch wholeBatch) {
    this.network = network;
    this.parts = parts;
    fusion = new Fusion(network);
    memory = new LaneMemory(network, fusion, lanes, false);
    batchNodes = wholeBatch.nodes(network, memory.size());
    order = new ParameterOrder(network, new LaneParameters(memory), batchNodes);
    normalizations = Normalization.of(network, order);
    for (Node node : network.nodes()) {
      all.add(node.accept(this));
    }
    manyFilters = network.parameterCount() > MANY_FILTERS;
  }

  @Override
  public LaneLayer convolution(Node node, Convolution layer) {
    LaneConvolution convolution =
        Winograd.suits(node, layer)
            ? new LaneWinogradConvolution(node, layer, this)
            : new LaneDirectConvolution(node, layer, this);
    convolutions.add(convolution);
    return convolution;
  }

  @Override
  public LaneLayer dense(Node node, Dense layer) {
    return new LaneDense(node, this);
  }

  @Override
  public LaneLayer maxPool(Node node, MaxPool layer) {
    LaneConvolution with =
        convolutions.stream().filter(c -> c.pool() == node).findFirst().orElse(null);
    return new LaneMaxPool(node, layer, this, with);
  }

  @Override
  public LaneLayer averagePool(Node node, AveragePool layer) {
    return new LaneAveragePool(node, layer.size(), layer.size(), layer.stride(), this);
  }

  @Override
  public LaneLayer globalAveragePool(Node node, GlobalAveragePool layer) {
    return new LaneAveragePool(node, node.input().height(), node.input().width(), 1, this);
  }

  @Override
  public LaneLayer relu(Node node, Relu layer) {
    return new LaneRelu(node, this);
  }

  @Override
  public LaneLayer leakyRelu(Node node, LeakyRelu layer) {
    return new LaneLeakyRelu(node, layer, this);
  }

  @Override
  public LaneLayer batchNorm(Node node, BatchNorm layer) {
    return new LaneBatchNorm(node, normalizations[node.index()], this);
  }

  @Override
  public LaneLayer dropout(Node node, Dropout layer) {
    return new LaneDropout(node, layer, this);
  }

  @Override
  public LaneLayer residualAdd(Node node, ResidualAdd layer) {
    return new LaneResidual(node, layer, this);
  }

  @Override
  public LaneLayer shortcut(Node node, Shortcut layer) {
    return new LaneShortcut(node, this);
  }

  /** Makes the network of one thread, or of one slice. */
  public SliceNetwork open(ParameterArithmetic arithmetic) {
    convolutions.forEach(convolution -> convolution.panels().allocate());
    return new LaneNetwork(this, arithmetic, new LaneSlice(this));
  }

  /**
   * Makes a network that only infers.
   *
   * @param shared whether several threads compute a slice
   */
  public SliceNetwork openForInference(ParameterArithmetic arithmetic, boolean shared) {
    return new LaneNetwork(this, arithmetic, LaneSlice.forInference(this, shared));
  }

  /** Floats of activations of a network that only infers and is not shared. */
  public long inferenceFloats() {
    return HumongousArrays.length(memory.undividedSize());
  }

  /** The layers that are computed for all slices of a batch at once. */
  public BatchLayers.Plan wholeBatch() {
    return new BatchLayers.Plan(
        batchNodes,
        new BatchLayers.Source() {
          @Override
          public long floats(int slices, int threads) {
            return LaneBatchLayers.floats(LaneLayers.this, slices, threads);
          }

          @Override
          public BatchLayers open(int slices, int threads) {
            return new LaneBatchLayers(LaneLayers.this, slices, threads);
          }
        });
  }

  /** The dense layers of a network that are so large that a batch shares their weights. */
  public static List<Node> largeDense(Network network, int lanes) {
    LaneMemory memory = new LaneMemory(network, new Fusion(network), lanes, false);
    return WholeBatch.LARGE.nodes(network, memory.size());
  }

  /** The same, as layers. */
  List<LaneDense> batchLayers() {
    return batchNodes.stream().map(node -> (LaneDense) all.get(node.index())).toList();
  }

  /** The positions of the parameters. */
  public ParameterOrder order() {
    return order;
  }

  /** The batch normalisations, by node; null where a node is none. */
  public Normalization[] normalizations() {
    return normalizations;
  }

  /**
   * Lays all filters out for the tiles; to be called when the parameters have changed.
   *
   * @param team threads that share the work where it is worth it
   */
  public void layOutFilters(Team team, float[] parameters) {
    Team takers = manyFilters ? team : Team.ALONE;
    int last = convolutions.size() - 1;
    makeRoom(takers.count());
    // the last convolutions, which usually have most filters, begin
    takers.run(last + 1, (worker, i) -> layOut(last - i, worker, parameters));
  }

  private void layOut(int convolution, int worker, float[] parameters) {
    FilterPanels panels = convolutions.get(convolution).panels();
    panels.take(widest, parameters, transformedFilters[worker]);
  }

  private void makeRoom(int workers) {
    if (transformedFilters.length < workers) {
      transformedFilters = new float[workers][transformedSize()];
    }
  }

  private int transformedSize() {
    return convolutions.stream().mapToInt(c -> c.panels().transformedSize()).max().orElse(0);
  }

  private long dividedScratch() {
    return IntStream.range(0, parts > 1 ? parts : 0).mapToLong(i -> filterScratch(true, i)).sum();
  }

  private long packedGradients(boolean divided) {
    return convolutions.stream()
        .filter(c -> c.divided == divided)
        .mapToLong(LaneConvolution::packedGradients)
        .max()
        .orElse(0);
  }

  /** Floats of the turned gradient of the widest dense layer that each slice computes alone. */
  private long denseScratch() {
    return all.stream()
        .filter(layer -> layer instanceof LaneDense && !batchNodes.contains(layer.node))
        .mapToLong(layer -> (long) memory.lanes() * ((LaneDense) layer).depth())
        .max()
        .orElse(0);
  }

  /** Floats of the filters packed for all threads, with scratch for that. */
  public long sharedFloats(int threads) {
    return (manyFilters ? threads : 1L) * transformedSize()
        + convolutions.stream().mapToLong(c -> c.panels().size()).sum();
  }

  /** Floats that {@link #open} takes. */
  public long sliceFloats() {
    return HumongousArrays.length(memory.size())
        + filterScratch(false, 0)
        + dividedScratch()
        + packedGradients(false)
        + (parts > 1 ? parts * packedGradients(true) : 0)
        + denseScratch()
        + all.stream().mapToLong(LaneLayer::kept).sum()
        + 2L * memory.lanes() * network.classes();
  }

  Network network() {
    return network;
  }

  Fusion fusion() {
    return fusion;
  }

  LaneMemory memory() {
    return memory;
  }

  /** The layers in their order. */
  List<LaneLayer> all() {
    return all;
  }

  /** Parts into which the work of a slice is divided. */
  int parts() {
    return parts;
  }

  /**
   * Floats of scratch that the gradients of filters need.
   *
   * @param divided whether of the layers that are divided, or of the others
   * @param part number of the part
   */
  int filterScratch(boolean divided, int part) {
    return convolutions.stream()
        .filter(c -> c.divided == divided)
        .mapToInt(c -> c.filterScratch(part))
        .max()
        .orElse(0);
  }

  /** The layer into whose computation a node is fused; the node itself where it is not. */
  Node fusedInto(Node node) {
    if (fusion.inPlace(node) && node.index() > 0) {
      return fusedInto(network.nodes().get(node.index() - 1));
    }
    return convolutions.stream()
        .filter(c -> c.pool() == node)
        .map(c -> c.node)
        .findFirst()
        .orElse(node);
  }
}
