package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * The fields of a session's kernel, for tests that play a device that fails: only the package of
 * the kernels sees them.
 */
public final class KernelFields {
  /** Elements of the status. */
  public static final int STATUS_LENGTH = TrainingKernel.STATUS_LENGTH;

  private final TrainingKernel kernel;

  /**
   * @param kernel of a session
   */
  public KernelFields(Kernel kernel) {
    this.kernel = (TrainingKernel) kernel;
  }

  public float[] parameters() {
    return kernel.parameters;
  }

  public float[] dParameters() {
    return kernel.dParameters;
  }

  public float[] firstMoments() {
    return kernel.firstMoments;
  }

  public float[] secondMoments() {
    return kernel.secondMoments;
  }

  public float[] activations() {
    return kernel.activations;
  }

  /** Sends an array, as Aparapi does with one that the garbage collector has moved. */
  public void put(float[] array) {
    kernel.put(array);
  }

  /** Reads an array back. */
  public void get(float[] array) {
    kernel.get(array);
  }

  // what the device had is lost

  public void loseParameters() {
    kernel.parameters = new float[kernel.parameters.length];
  }

  public void loseLosses() {
    kernel.losses = new float[kernel.losses.length];
  }

  public void loseActivations() {
    kernel.activations = new float[kernel.activations.length];
  }

  // arrays that Aparapi does not know, so that a readback of them does nothing

  public void forgetLogits() {
    kernel.logits = kernel.logits.clone();
  }

  public void forgetStatus() {
    kernel.status = kernel.status.clone();
  }

  public void forgetParameters() {
    kernel.parameters = marked(kernel.parameters, kernel.generation);
  }

  public void forgetGradients() {
    kernel.dParameters = marked(kernel.dParameters, kernel.step);
  }

  public void forgetFirstMoments() {
    kernel.firstMoments = marked(kernel.firstMoments, kernel.momentGeneration);
  }

  public void forgetSecondMoments() {
    kernel.secondMoments = marked(kernel.secondMoments, kernel.momentGeneration);
  }

  /** The host's array with the right mark, as a readback of before may have left it. */
  private float[] marked(float[] array, int mark) {
    float[] copy = array.clone();
    copy[kernel.parameterCount] = mark;
    return copy;
  }

  // numbers

  /** Multiplies the learning rate of the next execute. */
  public void multiplyLearningRate(float factor) {
    kernel.learningRate *= factor;
  }

  /** Has no forward pass leave its marks. */
  public void leaveNoMarks() {
    kernel.lastPass = -1;
  }

  /** Images of the batch. */
  public int batch() {
    return kernel.batch;
  }

  public void setBatch(int images) {
    kernel.batch = images;
  }

  /** A small kernel that is ready to be executed. */
  public static Kernel smallKernel() {
    SquareSums small = new SquareSums();
    small.squares = new float[2 * UpdateFunctions.SQUARE_SUMS];
    return small;
  }

  /** Work-items of {@link #smallKernel}. */
  public static int smallKernelItems() {
    return UpdateFunctions.SQUARE_SUMS;
  }
}
