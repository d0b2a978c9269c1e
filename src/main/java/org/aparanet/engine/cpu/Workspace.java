package org.aparanet.engine.cpu;

import org.aparanet.data.ImageSet;
import org.aparanet.model.Network.Node;

/**
 * What one thread needs to take a slice of a batch through the whole network and back: activations,
 * their gradients and the arithmetic.
 */
interface Workspace {

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
   * Begins with a slice of a batch.
   *
   * @param images number of rows that were read
   * @param first the slice's first row in the batch
   * @param dropout what training drops; null for inference
   */
  void begin(int images, int first, DropoutStep dropout);

  /**
   * Takes the slice through some layers, from the pixels to the logits in the end.
   *
   * @param parameters of all layers
   * @param from the first of them
   * @param to behind the last of them
   */
  void forward(float[] parameters, int from, int to);

  /** The outputs of the last {@link #forward}, [images, classes]. */
  float[] logits();

  /** Where {@link #backward} expects the gradient of the loss, [images, classes]. */
  float[] dLogits();

  /**
   * Takes the slice back through some layers, from the logits' gradient to that of the first
   * learning layer's parameters in the end.
   *
   * @param parameters of all layers
   * @param gradient of all parameters
   * @param accumulate whether to add to what the gradient holds, or to replace it
   * @param from behind the first of the layers
   * @param to the last of them
   */
  void backward(float[] parameters, float[] gradient, boolean accumulate, int from, int to);

  /**
   * Takes a batch's only slice from the logits' gradient to the next parameters, by plain
   * stochastic gradient descent.
   *
   * @param parameters of all layers
   * @param gradient receives the gradient of all parameters
   * @param learned how many parameters are learned
   * @param learningRate parameters -= learningRate * gradient
   */
  default void backwardAndUpdate(
      float[] parameters, float[] gradient, int learned, float learningRate) {
    backward(parameters, gradient, false, nodes(), 0);
    update(0, learned, parameters, gradient, learningRate);
  }

  /** Number of layers. */
  int nodes();

  /** Measures what a batch normalisation takes, when the layers before it have been computed. */
  default void measure(Normalization normalization) {
    throw new IllegalStateException("this workspace normalises nothing");
  }

  /** Measures the gradient of what it gives, when that has been computed. */
  default void measureGradient(Normalization normalization) {
    throw new IllegalStateException("this workspace normalises nothing");
  }

  /** What the two left behind. */
  default SliceSums sums(Normalization normalization) {
    throw new IllegalStateException("this workspace normalises nothing");
  }

  /** Elements {@code from} to {@code to} (exclusive): sum += addend. */
  void add(int from, int to, float[] sum, float[] addend);

  /** Elements {@code from} to {@code to} (exclusive): parameters -= learningRate * gradient. */
  void update(int from, int to, float[] parameters, float[] gradient, float learningRate);
}
