package org.aparanet.report.inspect;

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

/**
 * The name of the kernel that computes the output of each kind of layer; empty where none has to.
 */
final class LayerKernel implements Layer.Cases<String> {
  static final LayerKernel FORWARD = new LayerKernel();

  private LayerKernel() {}

  @Override
  public String convolution(Node node, Convolution layer) {
    return "ConvolutionForward";
  }

  /** A convolution of images of one pixel. */
  @Override
  public String dense(Node node, Dense layer) {
    return "ConvolutionForward";
  }

  @Override
  public String maxPool(Node node, MaxPool layer) {
    return "MaxPoolForward";
  }

  @Override
  public String averagePool(Node node, AveragePool layer) {
    return "AveragePoolForward";
  }

  /** An average pool of one window. */
  @Override
  public String globalAveragePool(Node node, GlobalAveragePool layer) {
    return "AveragePoolForward";
  }

  @Override
  public String relu(Node node, Relu layer) {
    return "ReluForward";
  }

  @Override
  public String leakyRelu(Node node, LeakyRelu layer) {
    return "LeakyReluForward";
  }

  @Override
  public String batchNorm(Node node, BatchNorm layer) {
    return "BatchNormForward";
  }

  @Override
  public String dropout(Node node, Dropout layer) {
    return "DropoutForward";
  }

  @Override
  public String residualAdd(Node node, ResidualAdd layer) {
    return "ResidualForward";
  }

  @Override
  public String shortcut(Node node, Shortcut layer) {
    return "";
  }
}
