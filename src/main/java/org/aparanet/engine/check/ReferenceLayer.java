package org.aparanet.engine.check;

/**
 * A layer in double precision over a whole batch. Values are [images][C x H x W]; {@code x} is the
 * layer's input, {@code y} its output, {@code dx} and {@code dy} are the gradients of the loss with
 * respect to them.
 */
interface ReferenceLayer {

  /** The output of a forward pass, new arrays. */
  double[][] forward(ReferencePass pass, double[][] x);

  /**
   * The gradient of the input, new arrays; adds the gradients of the layer's own parameters to
   * those of the pass.
   */
  double[][] backward(ReferencePass pass, double[][] x, double[][] dy);
}
