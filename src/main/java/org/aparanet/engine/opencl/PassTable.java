package org.aparanet.engine.opencl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aparanet.engine.EngineException;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Relu;
import org.aparanet.model.Shape;

/**
 * The passes of a network's training step: forward, then backward and update, with the place of
 * every activation.
 *
 * @param rows the rows of all passes, as {@link Pass} lays them out
 * @param forwardPasses number of passes from the images to the logits; they come first
 * @param backwardPasses number of passes from the logits' gradient to the updated parameters
 * @param activationCount elements of the array that holds the batch's images and activations
 */
record PassTable(int[] rows, int forwardPasses, int backwardPasses, int activationCount) {

  /**
   * Lays a network out for batches of at most {@code batch} images. ReLU works in place; every
   * other layer's output has a place of its own, except the last one's, which is the logits array.
   *
   * @throws EngineException if the activations are more than one array can hold
   */
  static PassTable of(Network network, int batch) {
    List<int[]> forward = new ArrayList<>();
    List<int[]> backward = new ArrayList<>();
    forward.add(row(TrainingKernel.GATHER));
    long input = 0;
    long next = (long) batch * network.input().size();
    int last = network.nodes().size() - 1;
    int firstLearning = network.firstLearning();
    for (Network.Node node : network.nodes()) {
      boolean logits = node.index() == last;
      long output = node.layer() instanceof Relu ? input : next;
      if (logits) {
        output = 0;
      } else if (output == next) {
        next += (long) batch * node.output().size();
      }
      int[] row = row(node, input, output);
      forward.add(with(row, forward(node, logits)));
      List<int[]> passes = new ArrayList<>();
      for (int operation : backward(node, logits, firstLearning)) {
        passes.add(with(row, operation));
      }
      backward.addAll(0, passes);
      input = output;
    }
    if (next + 1 > Integer.MAX_VALUE - 8) {
      throw new EngineException(
          "a batch of "
              + batch
              + " needs "
              + next
              + " activations; an array holds at most "
              + Integer.MAX_VALUE);
    }
    backward.add(row(TrainingKernel.UPDATE));
    List<int[]> all = new ArrayList<>(forward);
    all.addAll(backward);
    int[] rows = all.stream().flatMapToInt(Arrays::stream).toArray();
    return new PassTable(rows, forward.size(), backward.size(), (int) next);
  }

  private static int forward(Network.Node node, boolean logits) {
    if (node.layer() instanceof Convolution) {
      return TrainingKernel.CONVOLUTION_FORWARD;
    }
    if (node.layer() instanceof MaxPool) {
      return TrainingKernel.MAX_POOL_FORWARD;
    }
    if (node.layer() instanceof Relu) {
      return TrainingKernel.RELU_FORWARD;
    }
    return logits ? TrainingKernel.LOGITS_FORWARD : TrainingKernel.DENSE_FORWARD;
  }

  /** The gradient goes no further back than to the first layer that learns. */
  private static int[] backward(Network.Node node, boolean logits, int firstLearning) {
    if (node.index() < firstLearning) {
      return new int[0];
    }
    boolean first = node.index() == firstLearning;
    if (node.layer() instanceof Convolution) {
      return first
          ? new int[] {TrainingKernel.CONVOLUTION_BACKWARD_FILTER}
          : new int[] {
            TrainingKernel.CONVOLUTION_BACKWARD_FILTER, TrainingKernel.CONVOLUTION_BACKWARD_DATA
          };
    }
    if (node.layer() instanceof Dense) {
      int weights =
          logits ? TrainingKernel.LOGITS_BACKWARD_WEIGHTS : TrainingKernel.DENSE_BACKWARD_WEIGHTS;
      int data = logits ? TrainingKernel.LOGITS_BACKWARD_DATA : TrainingKernel.DENSE_BACKWARD_DATA;
      return first ? new int[] {weights} : new int[] {weights, data};
    }
    return node.layer() instanceof MaxPool
        ? new int[] {TrainingKernel.MAX_POOL_BACKWARD}
        : new int[] {TrainingKernel.RELU_BACKWARD};
  }

  private static int[] row(int operation) {
    int[] row = new int[Pass.LENGTH];
    row[Pass.OPERATION] = operation;
    return row;
  }

  private static int[] row(Network.Node node, long input, long output) {
    int[] row = shapes(node);
    row[Pass.INPUT] = (int) input;
    row[Pass.OUTPUT] = (int) output;
    row[Pass.BIAS] = Pass.NONE;
    if (!node.tensors().isEmpty()) {
      row[Pass.WEIGHT] = node.tensors().get(0).offset();
    }
    if (node.tensors().size() > 1) {
      row[Pass.BIAS] = node.tensors().get(1).offset();
    }
    return row;
  }

  /** A row with a layer's shapes and everything else at zero. */
  static int[] shapes(Network.Node node) {
    boolean dense = node.layer() instanceof Dense;
    Shape in = dense ? new Shape(node.input().size(), 1, 1) : node.input();
    int[] row = new int[Pass.LENGTH];
    row[Pass.CHANNELS] = in.channels();
    row[Pass.HEIGHT] = in.height();
    row[Pass.WIDTH] = in.width();
    row[Pass.OUT_CHANNELS] = node.output().channels();
    row[Pass.OUT_HEIGHT] = node.output().height();
    row[Pass.OUT_WIDTH] = node.output().width();
    if (node.layer() instanceof Convolution convolution) {
      row[Pass.WINDOW_HEIGHT] = convolution.filterHeight();
      row[Pass.WINDOW_WIDTH] = convolution.filterWidth();
      row[Pass.STRIDE] = convolution.stride();
      row[Pass.PADDING] = convolution.padding();
    } else if (node.layer() instanceof MaxPool pool) {
      row[Pass.WINDOW_HEIGHT] = pool.size();
      row[Pass.WINDOW_WIDTH] = pool.size();
      row[Pass.STRIDE] = pool.stride();
    }
    return row;
  }

  private static int[] with(int[] row, int operation) {
    int[] copy = row.clone();
    copy[Pass.OPERATION] = operation;
    return copy;
  }
}
