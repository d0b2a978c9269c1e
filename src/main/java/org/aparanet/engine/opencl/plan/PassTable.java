package org.aparanet.engine.opencl.plan;

import org.aparanet.engine.opencl.kernel.DeviceState;

/**
 * Passes of a network's training step: forward, then backward and update, with the offset of every
 * activation. Inference has separate passes for layers that compute differently there, and so has a
 * backward pass with clipped gradients.
 *
 * @param values offset of each pass's row, then the rows in the layout of {@code Pass}, then the
 *     tables of {@code Taps}
 * @param forward the passes from the images to the logits, in training
 * @param backward the passes from the logits' gradient to the updated parameters
 * @param clipped the same with gradients that are clipped
 * @param step the passes of a whole step whose loss the device computes
 * @param clippedStep the same with gradients that are clipped
 * @param inference the passes from the images to the logits, in inference
 * @param activationCount elements of the array that holds the batch's images and activations
 * @param gradientCount elements of the array that holds the activations' gradients
 * @param partialCount elements of the array of sums divided into chunks
 */
public record PassTable(
    int[] values,
    Passes forward,
    Passes backward,
    Passes clipped,
    Passes step,
    Passes clippedStep,
    Passes inference,
    int activationCount,
    int gradientCount,
    int partialCount) {

  /**
   * Passes that are executed together.
   *
   * @param first number of the first pass in the table
   * @param count number of passes
   */
  public record Passes(int first, int count) {

    /** These passes without the first one. */
    public Passes withoutFirst() {
      return new Passes(first + 1, count - 1);
    }
  }

  /** Number of passes from the images to the logits, in training. */
  public int forwardPasses() {
    return forward.count();
  }

  /** Table and the lengths of the arrays that it needs. */
  public DeviceState.Layout layout() {
    return new DeviceState.Layout(values, activationCount, gradientCount, partialCount);
  }
}
