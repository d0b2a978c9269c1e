package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * A whole network in one kernel: each pass runs the operation that its row of the pass table names,
 * by the same functions that the kernels of the single operations run.
 *
 * <p>One kernel, because each Aparapi kernel has an OpenCL context of its own and two of them
 * cannot share a buffer; passes of one kernel can, so that activations, gradients and parameters
 * stay on the device from the first pass of a step to its last, and on to the next step.
 *
 * <p>Aparapi builds a device buffer anew from the array on the Java heap whenever the garbage
 * collector has moved that array, and what only the device knew is lost without a word. So the two
 * arrays whose contents must last carry a mark: the parameters the number of updates they have seen
 * (their generation), the activations the number of the step that wrote them. The marks are checked
 * on the device before an update and come back with each execute's {@link #status}.
 */
final class TrainingKernel extends Kernel {
  static final int GATHER = 0;
  static final int CONVOLUTION_FORWARD = 1;
  static final int MAX_POOL_FORWARD = 2;
  static final int RELU_FORWARD = 3;
  static final int DENSE_FORWARD = 4;

  /** The last layer: its output goes to {@link #logits}, where the host reads it. */
  static final int LOGITS_FORWARD = 5;

  /** The last layer: its output's gradient comes from {@link #dLogits}, where the host put it. */
  static final int LOGITS_BACKWARD_WEIGHTS = 6;

  static final int LOGITS_BACKWARD_DATA = 7;
  static final int DENSE_BACKWARD_WEIGHTS = 8;
  static final int DENSE_BACKWARD_DATA = 9;
  static final int RELU_BACKWARD = 10;
  static final int MAX_POOL_BACKWARD = 11;
  static final int CONVOLUTION_BACKWARD_FILTER = 12;
  static final int CONVOLUTION_BACKWARD_DATA = 13;
  static final int UPDATE = 14;

  /** In {@link #status}: the step in which it was written. */
  static final int STATUS_STEP = 0;

  /** In {@link #status}: the generation of the parameters that the execute found. */
  static final int STATUS_GENERATION = 1;

  /** In {@link #status}: 1 if an update found the marks that it expected, else 0. */
  static final int STATUS_INTACT = 2;

  static final int STATUS_LENGTH = 3;

  /** All parameters, then their mark. */
  float[] parameters;

  /** The gradients of all parameters, laid out like them, then the step that they belong to. */
  float[] dParameters;

  /** The input batch and each layer's output, then their mark. */
  float[] activations;

  /** The gradients of the activations, laid out like them. */
  float[] dActivations;

  /** The data set. */
  byte[] images;

  /** Which images make up the batch. */
  int[] indices;

  float[] logits;
  float[] dLogits;
  int[] passes;
  int[] status;

  /** The first row of {@link #passes} that an execute runs. */
  int firstPass;

  /** Images in this step; at most the batch that the arrays were laid out for. */
  int batch;

  /** Number of this step: the mark of the activations that it writes. */
  int step;

  /** Updates that the parameters have seen: their mark. */
  int generation;

  /** The parameters' mark after the update. */
  int nextGeneration;

  int imageSize;
  int parameterCount;
  int activationCount;
  float learningRate;

  @Override
  public void run() {
    int row = (firstPass + getPassId()) * Pass.LENGTH;
    int operation = passes[row + Pass.OPERATION];
    if (operation < LOGITS_BACKWARD_WEIGHTS) {
      forward(operation, row, getGlobalId(), getGlobalSize());
    } else if (operation < UPDATE) {
      backward(operation, row, getGlobalId(), getGlobalSize());
    } else {
      update(getGlobalId(), getGlobalSize());
    }
  }

  // Aparapi translates a chain of ifs, one after another, but not every nesting of if and else.

  void forward(int operation, int row, int item, int items) {
    if (operation == GATHER) {
      GatherImages.gatherImages(images, indices, activations, imageSize, batch, item, items);
    }
    if (operation == CONVOLUTION_FORWARD) {
      ConvolutionForward.convolutionForward(
          activations, parameters, activations, passes, row, batch, item, items);
    }
    if (operation == MAX_POOL_FORWARD) {
      MaxPoolForward.maxPoolForward(activations, activations, passes, row, batch, item, items);
    }
    if (operation == RELU_FORWARD) {
      ReluForward.reluForward(activations, activations, passes, row, batch, item, items);
    }
    if (operation == DENSE_FORWARD) {
      DenseForward.denseForward(
          activations, parameters, activations, passes, row, batch, item, items);
    }
    if (operation == LOGITS_FORWARD) {
      DenseForward.denseForward(activations, parameters, logits, passes, row, batch, item, items);
    }
    if (operation == LOGITS_FORWARD && item == 0) {
      activations[activationCount] = step;
      status[STATUS_STEP] = step;
      status[STATUS_GENERATION] = (int) parameters[parameterCount];
    }
  }

  void backward(int operation, int row, int item, int items) {
    if (operation == LOGITS_BACKWARD_WEIGHTS) {
      DenseBackwardWeights.denseBackwardWeights(
          activations, dLogits, dParameters, passes, row, batch, item, items);
    }
    if (operation == LOGITS_BACKWARD_WEIGHTS && item == 0) {
      dParameters[parameterCount] = step;
      checkMarks();
    }
    if (operation == LOGITS_BACKWARD_DATA) {
      DenseBackwardData.denseBackwardData(
          dLogits, parameters, dActivations, passes, row, batch, item, items);
    }
    if (operation == DENSE_BACKWARD_WEIGHTS) {
      DenseBackwardWeights.denseBackwardWeights(
          activations, dActivations, dParameters, passes, row, batch, item, items);
    }
    if (operation == DENSE_BACKWARD_DATA) {
      DenseBackwardData.denseBackwardData(
          dActivations, parameters, dActivations, passes, row, batch, item, items);
    }
    if (operation == RELU_BACKWARD) {
      ReluBackward.reluBackward(
          activations, dActivations, dActivations, passes, row, batch, item, items);
    }
    if (operation == MAX_POOL_BACKWARD) {
      MaxPoolBackward.maxPoolBackward(
          activations, dActivations, dActivations, passes, row, batch, item, items);
    }
    if (operation == CONVOLUTION_BACKWARD_FILTER) {
      ConvolutionBackwardFilter.convolutionBackwardFilter(
          activations, dActivations, dParameters, passes, row, batch, item, items);
    }
    if (operation == CONVOLUTION_BACKWARD_DATA) {
      ConvolutionBackwardData.convolutionBackwardData(
          dActivations, parameters, dActivations, passes, row, batch, item, items);
    }
  }

  void checkMarks() {
    status[STATUS_INTACT] = 0;
    if ((int) activations[activationCount] == step
        && (int) parameters[parameterCount] == generation) {
      status[STATUS_INTACT] = 1;
    }
  }

  void update(int item, int items) {
    if (status[STATUS_INTACT] == 1) {
      ParameterUpdate.parameterUpdate(
          parameters, dParameters, parameterCount, learningRate, item, items);
    }
    if (item == 0 && status[STATUS_INTACT] == 1) {
      parameters[parameterCount] = nextGeneration;
      status[STATUS_GENERATION] = nextGeneration;
    }
  }
}
