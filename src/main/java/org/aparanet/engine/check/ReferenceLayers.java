package org.aparanet.engine.check;

import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Layer;
import org.aparanet.model.LeakyRelu;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shortcut;

/** The reference for each kind of layer. */
final class ReferenceLayers implements Layer.Cases<ReferenceLayer> {

  @Override
  public ReferenceLayer convolution(Node node, Convolution layer) {
    return new ReferenceConvolution(node, layer);
  }

  @Override
  public ReferenceLayer dense(Node node, Dense layer) {
    return new ReferenceDense(node);
  }

  @Override
  public ReferenceLayer maxPool(Node node, MaxPool layer) {
    return new ReferenceMaxPool(node, layer);
  }

  @Override
  public ReferenceLayer averagePool(Node node, AveragePool layer) {
    return new ReferenceAveragePool(
        node, new ReferenceWindow(node, layer.size(), layer.size(), layer.stride(), 0));
  }

  @Override
  public ReferenceLayer globalAveragePool(Node node, GlobalAveragePool layer) {
    return new ReferenceAveragePool(
        node, new ReferenceWindow(node, node.input().height(), node.input().width(), 1, 0));
  }

  @Override
  public ReferenceLayer relu(Node node, Relu layer) {
    return new ReferenceRelu(0);
  }

  @Override
  public ReferenceLayer leakyRelu(Node node, LeakyRelu layer) {
    return new ReferenceRelu(layer.slope());
  }

  @Override
  public ReferenceLayer batchNorm(Node node, BatchNorm layer) {
    return new ReferenceBatchNorm(node);
  }

  @Override
  public ReferenceLayer dropout(Node node, Dropout layer) {
    return new ReferenceDropout(node, layer);
  }

  @Override
  public ReferenceLayer residualAdd(Node node, ResidualAdd layer) {
    return new ReferenceResidual(node, layer);
  }

  @Override
  public ReferenceLayer shortcut(Node node, Shortcut layer) {
    return new ReferenceShortcut(node, layer);
  }
}
