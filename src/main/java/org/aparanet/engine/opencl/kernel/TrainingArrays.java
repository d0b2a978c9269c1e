package org.aparanet.engine.opencl.kernel;

/**
 * Arrays and numbers of a {@link TrainingKernel}, and the marks of those that have to last.
 *
 * <p>Aparapi builds a device buffer anew from the array on the Java heap whenever the garbage
 * collector has moved that array, and what only the device knew is lost without a word. So the
 * arrays whose contents must last carry a mark: the parameters, running statistics among them, and
 * the moments the number of updates they have seen (their generation), the activations the number
 * of the step that wrote them. The marks are checked on the device before an update and come back
 * with each execute's {@link #status}.
 */
abstract class TrainingArrays extends MatrixProduct {
  /** In {@link #status}: the step in which it was written. */
  static final int STATUS_STEP = 0;

  /** In {@link #status}: the generation of the parameters that the execute found. */
  static final int STATUS_GENERATION = 1;

  /** In {@link #status}: 1 if an update found the marks that it expected, else 0. */
  static final int STATUS_INTACT = 2;

  /** In {@link #status}: 1 if a batch that was gathered ahead was found in its place, else 0. */
  static final int STATUS_GATHERED = 3;

  static final int STATUS_LENGTH = 4;

  /** The largest mark; floats count whole numbers exactly up to there. */
  static final int LAST_MARK = (1 << 23) - 1;

  /** All parameters, then their mark. */
  float[] parameters;

  /** The gradients of all parameters, laid out like them, then the step that they belong to. */
  float[] dParameters;

  /** The input batch and each layer's output, then their mark. */
  float[] activations;

  /** The gradients of the activations, laid out like them, then those in front of max-pools. */
  float[] dActivations;

  /** Sums that were cut into chunks, before they are added up. */
  float[] partials;

  /** The data set, in chunks. */
  byte[] images0;

  byte[] images1;
  byte[] images2;
  byte[] images3;

  /** Images that the host changes between steps. */
  byte[] staged;

  /** The batch's images, where the host has them as floats [mostImages, imageSize]. */
  float[] floats;

  /** Images of a full chunk. */
  int chunkImages;

  /** For each layer its key of this step, see {@link org.aparanet.model.DropoutMask}. */
  int[] keys;

  /**
   * Which images make up the batch, and then, from {@link #mostImages} on, the next one: numbers in
   * the data set, or -1 - number in {@link #staged}.
   */
  int[] indices;

  /**
   * Mean and standard deviation of an image's channels [C, 2]; 0 and 1 where they change nothing.
   */
  float[] normalization;

  float[] logits;
  float[] dLogits;

  /** The images' classes, where the device computes the loss. */
  int[] labels;

  /**
   * Results of steps whose loss the device computes [steps, 2 * mostImages + 1]: the images'
   * losses, 1 for each image that was classified right, and the step's number as a mark.
   */
  float[] losses;

  int[] status;

  /** Where in {@link #losses} this step begins. */
  int lossesAt;

  /** 1 if the execute is a whole step, with the loss on the device. */
  int whole;

  /** The first entry of {@link #passes} that an execute runs. */
  int firstPass;

  /** Number of the last pass of an execute. */
  int lastPass;

  /** 1 if the execute goes backward and may change the parameters. */
  int training;

  /** Number of this step: the mark of the activations that it writes. */
  int step;

  /** 1 if the execute begins with a batch that the step before has gathered. */
  int gathered;

  /** Images that the update gathers for the next step; 0 for none. */
  int nextBatch;

  /** The most images of a batch: in {@link #indices} the next batch begins there. */
  int mostImages;

  /** Updates that the parameters have seen: their mark. */
  int generation;

  /** The moments' mark: that of the parameters, unless those were replaced since. */
  int momentGeneration;

  int imageSize;

  /** Pixels of an image's channel. */
  int imagePlane;

  int parameterCount;
  int activationCount;

  /** The mark that follows one; marks start over where floats no longer count whole numbers. */
  static int next(int mark) {
    return (mark + 1) & LAST_MARK;
  }

  void leaveMarks() {
    activations[activationCount] = step;
    status[STATUS_STEP] = step;
    status[STATUS_GENERATION] = (int) parameters[parameterCount];
  }

  void checkBatch() {
    status[STATUS_GATHERED] = 0;
    if ((int) activations[activationCount] == step) {
      status[STATUS_GATHERED] = 1;
    }
  }

  void checkMarks() {
    int intact = 0;
    if ((int) parameters[parameterCount] == generation) {
      intact = 1;
    }
    // a whole step writes its activations itself, but for a batch that was gathered ahead
    if (whole == 0 && (int) activations[activationCount] != step) {
      intact = 0;
    }
    if (gathered == 1 && status[STATUS_GATHERED] != 1) {
      intact = 0;
    }
    status[STATUS_INTACT] = intact;
    if (rule >= UpdateRule.MOMENTUM && (int) firstMoments[parameterCount] != momentGeneration) {
      status[STATUS_INTACT] = 0;
    }
    if (rule >= UpdateRule.ADAM && (int) secondMoments[parameterCount] != momentGeneration) {
      status[STATUS_INTACT] = 0;
    }
    dParameters[parameterCount] = step;
  }
}
