package org.aparanet.engine.cpu.channel;

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

/** The kinds of layers that can be computed with channels in the lanes. */
final class SupportedLayers implements Layer.Cases<Boolean> {
  @Override
  public Boolean convolution(Node node, Convolution layer) {
    return true;
  }

  @Override
  public Boolean dense(Node node, Dense layer) {
    return true;
  }

  @Override
  public Boolean maxPool(Node node, MaxPool layer) {
    return true;
  }

  @Override
  public Boolean relu(Node node, Relu layer) {
    return true;
  }

  @Override
  public Boolean leakyRelu(Node node, LeakyRelu layer) {
    return false;
  }

  @Override
  public Boolean averagePool(Node node, AveragePool layer) {
    return false;
  }

  @Override
  public Boolean globalAveragePool(Node node, GlobalAveragePool layer) {
    return false;
  }

  @Override
  public Boolean batchNorm(Node node, BatchNorm layer) {
    return false;
  }

  @Override
  public Boolean dropout(Node node, Dropout layer) {
    return false;
  }

  @Override
  public Boolean residualAdd(Node node, ResidualAdd layer) {
    return false;
  }

  @Override
  public Boolean shortcut(Node node, Shortcut layer) {
    return false;
  }
}
