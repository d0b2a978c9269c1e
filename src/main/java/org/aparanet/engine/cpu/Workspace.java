package org.aparanet.engine.cpu;

import org.aparanet.data.ImageSet;
import org.aparanet.model.Network.Node;

/**
 * What one thread needs to take a slice of a batch through the whole network and back: activations,
 * their gradients and the arithmetic.
 */
interface Workspace {

  /** Prepares for parameters that have changed since the last call. */
  default void takeParameters(float[] parameters) {
    // most arithmetic derives nothing from them
  }

  /**
   * Has every operation from now on booked.
   *
   * @param times where to, by this workspace's thread; null to end it
   */
  void profile(OperationTimes times);

  /** The layer as part of which another one's output is computed; itself where it stands alone. */
  Node leader(Node node);

  /** Puts image {@code index} of a set into row {@code row} of the slice. */
  void read(ImageSet set, int index, int row);

  /**
   * Takes the slice from the pixels to the logits.
   *
   * @param images number of rows that were read
   * @param parameters of all layers, flat
   */
  void forward(int images, float[] parameters);

  /** The outputs of the last {@link #forward}, [images, classes]. */
  float[] logits();

  /** Where {@link #backward} expects the gradient of the loss, [images, classes]. */
  float[] dLogits();

  /**
   * Takes the slice from the logits' gradient to the parameters' gradient.
   *
   * @param images number of rows that were read
   * @param parameters of all layers, flat
   * @param gradient of all parameters, flat
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void backward(int images, float[] parameters, float[] gradient, boolean accumulate);

  /**
   * Takes a batch's only slice from the logits' gradient to the next parameters.
   *
   * @param images number of rows that were read
   * @param parameters of all layers, flat
   * @param gradient receives the gradient of all parameters, flat
   * @param learningRate parameters -= learningRate * gradient
   */
  default void backwardAndUpdate(
      int images, float[] parameters, float[] gradient, float learningRate) {
    backward(images, parameters, gradient, false);
    update(0, parameters.length, parameters, gradient, learningRate);
  }

  /** Elements {@code from} to {@code to} (exclusive): sum += addend. */
  void add(int from, int to, float[] sum, float[] addend);

  /** Elements {@code from} to {@code to} (exclusive): parameters -= learningRate * gradient. */
  void update(int from, int to, float[] parameters, float[] gradient, float learningRate);
}
