package org.aparanet.engine.support;

import org.aparanet.engine.StepPart.Kind;
import org.aparanet.engine.support.StepParts.Direction;
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

/** The kind of a step's part for each kind of layer, in one direction. */
record StepKinds(Direction direction) implements Layer.Cases<Kind> {

  @Override
  public Kind convolution(Node node, Convolution layer) {
    return switch (direction) {
      case FORWARD -> Kind.CONVOLUTION_FORWARD;
      case BACKWARD_FILTER -> Kind.CONVOLUTION_BACKWARD_FILTER;
      case BACKWARD_DATA -> Kind.CONVOLUTION_BACKWARD_DATA;
      case BACKWARD_RELU -> Kind.RELU;
      case BACKWARD, BACKWARD_UPDATE -> Kind.CONVOLUTION_BACKWARD;
    };
  }

  @Override
  public Kind dense(Node node, Dense layer) {
    return Kind.DENSE;
  }

  @Override
  public Kind maxPool(Node node, MaxPool layer) {
    return Kind.POOL;
  }

  @Override
  public Kind averagePool(Node node, AveragePool layer) {
    return Kind.POOL;
  }

  @Override
  public Kind globalAveragePool(Node node, GlobalAveragePool layer) {
    return Kind.POOL;
  }

  @Override
  public Kind relu(Node node, Relu layer) {
    return Kind.RELU;
  }

  @Override
  public Kind leakyRelu(Node node, LeakyRelu layer) {
    return Kind.RELU;
  }

  @Override
  public Kind batchNorm(Node node, BatchNorm layer) {
    return Kind.NORM;
  }

  @Override
  public Kind dropout(Node node, Dropout layer) {
    return Kind.ELEMENTWISE;
  }

  @Override
  public Kind residualAdd(Node node, ResidualAdd layer) {
    return Kind.ELEMENTWISE;
  }

  @Override
  public Kind shortcut(Node node, Shortcut layer) {
    return Kind.ELEMENTWISE;
  }
}
