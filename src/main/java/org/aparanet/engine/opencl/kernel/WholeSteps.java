package org.aparanet.engine.opencl.kernel;

import org.aparanet.engine.StateLostException;
import org.aparanet.engine.StepOutcome;

/**
 * Steps of one execute each, whose losses the device computes and keeps until several of them are
 * read back together.
 */
public final class WholeSteps {
  private final TrainingKernel kernel;
  private final ArrayTransfer transfer;
  private final DeviceMemory memory;
  private final DeviceParameters parameters;
  private final DeviceStep step;

  WholeSteps(
      TrainingKernel kernel,
      ArrayTransfer transfer,
      DeviceMemory memory,
      DeviceParameters parameters,
      DeviceStep step) {
    this.kernel = kernel;
    this.transfer = transfer;
    this.memory = memory;
    this.parameters = parameters;
    this.step = step;
  }

  /**
   * Allocates the losses of steps.
   *
   * @param mostSteps the most steps whose losses have not been read
   */
  public void allocate(int mostSteps) {
    kernel.losses = memory.resident(mostSteps * lossLength());
  }

  /** Elements of the kernel's losses for a step: two for an image, and a mark. */
  private int lossLength() {
    return 2 * kernel.mostImages + 1;
  }

  /** Sends the classes of the batch's images. */
  public void sendLabels(int[] labels, int count) {
    System.arraycopy(labels, 0, kernel.labels, 0, count);
    transfer.send(kernel.labels);
  }

  /**
   * Sets the next execute to a whole step, from the images to the update.
   *
   * @param slot number of the step among those whose losses have not been read
   * @param gathered whether the step before has gathered the batch
   */
  public void begin(int slot, float smoothing, boolean gathered, float learningRate) {
    kernel.whole = 1;
    kernel.smoothing = smoothing;
    kernel.lossesAt = slot * lossLength();
    kernel.gathered = gathered ? 1 : 0;
    step.beginTraining(learningRate);
  }

  /** Counts a whole step, before its losses have been read; returns its number. */
  public int end() {
    parameters.taken();
    step.end();
    return kernel.step;
  }

  /** Sets what follows to steps whose loss the host computes. */
  public void leave() {
    kernel.whole = 0;
  }

  /**
   * Reads the losses of whole steps back.
   *
   * @throws StateLostException if the last update did not find what it needed
   */
  public void readLosses() {
    step.readStatus();
    step.requireMoved(kernel.generation);
    transfer.fetch(kernel.losses);
  }

  /**
   * Outcome of a whole step whose losses have been read.
   *
   * @param slot number of the step among those whose losses have been read
   * @param count images of the step
   * @param number the step's number
   * @throws StateLostException if another step's losses are there
   */
  public StepOutcome outcome(int slot, int count, int number) {
    int batch = kernel.mostImages;
    int at = slot * lossLength();
    if (kernel.losses[at + 2 * batch] != number) {
      throw transfer.lost("readback of losses");
    }
    double sum = 0;
    int correct = 0;
    for (int image = 0; image < count; image++) {
      sum += kernel.losses[at + image];
      correct += (int) kernel.losses[at + batch + image];
    }
    return new StepOutcome(sum, correct);
  }
}
