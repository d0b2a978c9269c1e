package org.aparanet.engine;

import java.util.List;

/**
 * Training steps whose softmax, loss and gradient the device computes itself: a step is then one
 * call, of which nothing comes back. The outcomes of steps are asked for every few steps.
 *
 * <p>A step whose loss is not finite moves the parameters all the same, to what is no longer finite
 * either; {@link #outcomes} tells of it, and the trainer returns to a state that was kept.
 */
public interface LossOnDevice {

  /** {@return the most steps between two calls of {@link #outcomes}} */
  int window();

  /**
   * Runs one training step: forward, loss, backward, then the optimizer's update.
   *
   * @param images indices as {@link Session#load} gave them
   * @param from index of the first entry of {@code images} to use
   * @param count number of images in this step, 1 to {@link Session#batch()}
   * @param labels their classes, from index 0 on
   * @param smoothing of the labels, 0 to below 1
   * @param learningRate of the update
   * @throws IllegalStateException if {@link #window()} steps wait for their outcomes to be asked
   *     for
   * @throws EngineException if the device fails
   */
  void step(int[] images, int from, int count, int[] labels, float smoothing, float learningRate);

  /**
   * {@return the outcomes of the steps since the last call, in their order; waits for them} {@link
   * Session#setParameters} and {@link Session#restore} begin anew.
   *
   * @throws StateLostException if the device lost its state in one of them
   */
  List<StepOutcome> outcomes();
}
