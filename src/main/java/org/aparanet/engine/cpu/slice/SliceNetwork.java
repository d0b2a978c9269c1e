package org.aparanet.engine.cpu.slice;

import org.aparanet.model.Network.Node;

/**
 * Network on one slice of a batch at a time: layers, activations, gradients of the activations and
 * arithmetic. Used by one thread at a time.
 */
public interface SliceNetwork {

  /** Slice that the network works on. */
  Slice slice();

  /** Layer that a node is fused into; the node itself where it is not. */
  Node fusedInto(Node node);

  /** Number of layers. */
  int nodes();

  /**
   * Copies an image into a row of the slice.
   *
   * @param images unsigned bytes [images, C, H, W] of the network's input
   * @param index of the image among them
   */
  void read(byte[] images, int index, int row);

  /**
   * Copies images that are there as floats into the first rows of the slice.
   *
   * @param images [C, H, W] of the network's input, for each row
   * @param count number of images
   */
  void readAll(float[][] images, int count);

  /**
   * Copies neighbouring images into the first rows of the slice.
   *
   * @param images unsigned bytes [images, C, H, W] of the network's input
   * @param first index of the first image among them
   * @param count number of images
   */
  default void readAll(byte[] images, int first, int count) {
    for (int row = 0; row < count; row++) {
      read(images, first + row, row);
    }
  }

  /**
   * Begins a slice whose images have been read.
   *
   * @param images number of rows that were read
   * @param first the slice's first row in the batch
   * @param dropout what training drops; null for inference
   */
  void begin(int images, int first, DropoutStep dropout);

  /**
   * Forward pass of layers {@code from} to {@code to} (exclusive).
   *
   * @param parameters of all layers
   */
  void forward(float[] parameters, int from, int to);

  /** Outputs of the last layer's forward pass, [images, classes]. */
  float[] logits();

  /** Gradient of the loss, which the backward pass of the last layer reads, [images, classes]. */
  float[] dLogits();

  /**
   * Backward pass of layers {@code from - 1} down to {@code to}; it ends at the first layer with
   * parameters.
   *
   * @param parameters of all layers
   * @param gradient of all parameters
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void backward(float[] parameters, float[] gradient, boolean accumulate, int from, int to);

  /**
   * Backward pass of all layers for a batch of one slice, and the update by plain stochastic
   * gradient descent: parameters -= rate * gradient.
   *
   * @param parameters of all layers
   * @param gradient receives the gradient of all parameters
   */
  void backwardAndUpdate(float[] parameters, float[] gradient, StepRates rates);

  /** Measures the input of a batch normalisation, once the layers before it are computed. */
  default void measure(Normalization normalization) {
    throw new IllegalStateException("this network normalises nothing");
  }

  /** Measures the gradient of a batch normalisation's output, once that is computed. */
  default void measureGradient(Normalization normalization) {
    throw new IllegalStateException("this network normalises nothing");
  }

  /** Sums of the last {@link #measure} and {@link #measureGradient}. */
  default SliceSums sums(Normalization normalization) {
    throw new IllegalStateException("this network normalises nothing");
  }
}
