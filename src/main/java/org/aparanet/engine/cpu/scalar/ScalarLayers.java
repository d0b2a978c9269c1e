package org.aparanet.engine.cpu.scalar;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.cpu.slice.Fusion;
import org.aparanet.engine.cpu.slice.Normalization;
import org.aparanet.engine.cpu.slice.Slice;
import org.aparanet.engine.cpu.vector.PlaneOperations;
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

/** The layers of a network in plain Java, with the activations of one thread's slice. */
final class ScalarLayers implements Layer.Cases<ScalarLayer> {
  private final Network network;
  private final int largestSlice;
  private final Normalization[] normalizations; // by node
  private final Fusion fusion;
  private final Slice slice = new Slice();
  private final PlaneOperations planes = new ScalarPlaneOperations();
  private final ScalarScratch scratch = new ScalarScratch();
  private final List<ScalarLayer> all = new ArrayList<>();
  private final ScalarBatchNorm[] batchNorms; // by node, null where it is no normalisation
  private final float[] image;

  /**
   * @param largestSlice the most images of a slice
   * @param normalizations by node, shared by all threads
   */
  ScalarLayers(Network network, int largestSlice, Normalization[] normalizations) {
    this.network = network;
    this.largestSlice = largestSlice;
    this.normalizations = normalizations;
    fusion = new Fusion(network);
    batchNorms = new ScalarBatchNorm[network.nodes().size()];
    image = new float[largestSlice * network.input().size()];
    for (Node node : network.nodes()) {
      all.add(node.accept(this));
    }
  }

  @Override
  public ScalarLayer convolution(Node node, Convolution layer) {
    return new ScalarConvolution(node, layer, this);
  }

  @Override
  public ScalarLayer dense(Node node, Dense layer) {
    return new ScalarDense(node, this);
  }

  @Override
  public ScalarLayer maxPool(Node node, MaxPool layer) {
    return new ScalarMaxPool(node, layer, this);
  }

  @Override
  public ScalarLayer averagePool(Node node, AveragePool layer) {
    return new ScalarAveragePool(node, layer.size(), layer.size(), layer.stride(), this);
  }

  @Override
  public ScalarLayer globalAveragePool(Node node, GlobalAveragePool layer) {
    return new ScalarAveragePool(node, node.input().height(), node.input().width(), 1, this);
  }

  @Override
  public ScalarLayer relu(Node node, Relu layer) {
    return new ScalarRelu(node, this);
  }

  @Override
  public ScalarLayer leakyRelu(Node node, LeakyRelu layer) {
    return new ScalarLeakyRelu(node, layer, this);
  }

  @Override
  public ScalarLayer batchNorm(Node node, BatchNorm layer) {
    ScalarBatchNorm batchNorm = new ScalarBatchNorm(node, normalizations[node.index()], this);
    batchNorms[node.index()] = batchNorm;
    return batchNorm;
  }

  @Override
  public ScalarLayer dropout(Node node, Dropout layer) {
    return new ScalarDropout(node, layer, this);
  }

  @Override
  public ScalarLayer residualAdd(Node node, ResidualAdd layer) {
    return new ScalarResidual(node, all.get(layer.start(node.index())), this);
  }

  @Override
  public ScalarLayer shortcut(Node node, Shortcut layer) {
    return new ScalarShortcut(node, all.get(layer.start(node.index())), this);
  }

  Network network() {
    return network;
  }

  int largestSlice() {
    return largestSlice;
  }

  Fusion fusion() {
    return fusion;
  }

  Slice slice() {
    return slice;
  }

  PlaneOperations planes() {
    return planes;
  }

  ScalarScratch scratch() {
    return scratch;
  }

  /** The layers in their order. */
  List<ScalarLayer> all() {
    return all;
  }

  /** The output of the last layer so far; at first the images. */
  float[] lastOutput() {
    return all.isEmpty() ? image : all.get(all.size() - 1).output;
  }

  ScalarBatchNorm batchNorm(Node node) {
    return batchNorms[node.index()];
  }
}
