package org.aparanet.engine.check;

import java.util.List;
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
 * The operations that a network with one layer as its subject measures.
 *
 * @param inference by the logits of inference
 * @param training by the logits of a training step
 * @param backwardParameters by the gradient of each of the layer's learned tensors, in their order
 * @param backwardData by the gradients of the layers before it
 */
record CheckedLayer(
    CheckedOperation inference,
    CheckedOperation training,
    List<CheckedOperation> backwardParameters,
    CheckedOperation backwardData) {

  /** The operations of each kind of layer. */
  static final Layer.Cases<CheckedLayer> CASES = new Cases();

  /** A layer without parameters whose forward pass is the same in inference and training. */
  private static CheckedLayer plain(CheckedOperation forward, CheckedOperation backward) {
    return new CheckedLayer(forward, CheckedOperation.SOFTMAX_STEP, List.of(), backward);
  }

  private static final class Cases implements Layer.Cases<CheckedLayer> {

    @Override
    public CheckedLayer convolution(Node node, Convolution layer) {
      return new CheckedLayer(
          CheckedOperation.CONVOLUTION_FORWARD,
          CheckedOperation.SOFTMAX_STEP,
          List.of(
              CheckedOperation.CONVOLUTION_BACKWARD_FILTER,
              CheckedOperation.CONVOLUTION_BACKWARD_BIAS),
          CheckedOperation.CONVOLUTION_BACKWARD_DATA);
    }

    @Override
    public CheckedLayer dense(Node node, Dense layer) {
      return new CheckedLayer(
          CheckedOperation.DENSE_FORWARD,
          CheckedOperation.SOFTMAX_STEP,
          List.of(CheckedOperation.DENSE_BACKWARD_WEIGHTS, CheckedOperation.DENSE_BACKWARD_WEIGHTS),
          CheckedOperation.DENSE_BACKWARD_DATA);
    }

    @Override
    public CheckedLayer maxPool(Node node, MaxPool layer) {
      return plain(CheckedOperation.MAX_POOL_FORWARD, CheckedOperation.MAX_POOL_BACKWARD);
    }

    @Override
    public CheckedLayer averagePool(Node node, AveragePool layer) {
      return plain(CheckedOperation.AVERAGE_POOL_FORWARD, CheckedOperation.AVERAGE_POOL_BACKWARD);
    }

    @Override
    public CheckedLayer globalAveragePool(Node node, GlobalAveragePool layer) {
      return plain(CheckedOperation.AVERAGE_POOL_FORWARD, CheckedOperation.AVERAGE_POOL_BACKWARD);
    }

    @Override
    public CheckedLayer relu(Node node, Relu layer) {
      return plain(CheckedOperation.RELU_FORWARD, CheckedOperation.RELU_BACKWARD);
    }

    @Override
    public CheckedLayer leakyRelu(Node node, LeakyRelu layer) {
      return plain(CheckedOperation.LEAKY_RELU_FORWARD, CheckedOperation.LEAKY_RELU_BACKWARD);
    }

    @Override
    public CheckedLayer batchNorm(Node node, BatchNorm layer) {
      return new CheckedLayer(
          CheckedOperation.BATCH_NORM_INFERENCE,
          CheckedOperation.BATCH_NORM_FORWARD,
          List.of(
              CheckedOperation.BATCH_NORM_BACKWARD_PARAMETERS,
              CheckedOperation.BATCH_NORM_BACKWARD_PARAMETERS),
          CheckedOperation.BATCH_NORM_BACKWARD_DATA);
    }

    @Override
    public CheckedLayer dropout(Node node, Dropout layer) {
      return new CheckedLayer(
          CheckedOperation.DROPOUT_FORWARD,
          CheckedOperation.DROPOUT_FORWARD,
          List.of(),
          CheckedOperation.DROPOUT_BACKWARD);
    }

    @Override
    public CheckedLayer residualAdd(Node node, ResidualAdd layer) {
      return plain(CheckedOperation.RESIDUAL_FORWARD, CheckedOperation.RESIDUAL_BACKWARD);
    }

    /** It copies at most; what it leads back is a part of the residual sum. */
    @Override
    public CheckedLayer shortcut(Node node, Shortcut layer) {
      return plain(CheckedOperation.RESIDUAL_FORWARD, CheckedOperation.RESIDUAL_BACKWARD);
    }
  }
}
