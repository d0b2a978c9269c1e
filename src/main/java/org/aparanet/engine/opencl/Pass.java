package org.aparanet.engine.opencl;

/**
 * One row of a pass table: which operation a pass runs, on which shapes, at which places.
 *
 * <p>The rows lie one after another in an {@code int[]}, {@link #LENGTH} elements each; device code
 * reads {@code pass[row + CHANNELS]} and so on, {@code row} being the index of the row's first
 * element. A layer's row serves its forward and its backward operations alike: the gradient of a
 * value lies in the gradient array where the value lies in its own.
 *
 * <p>Offsets count elements; those of activations count elements of one image's value times the
 * session's batch.
 */
final class Pass {
  /** Which operation to run: one of {@link TrainingKernel}'s constants. */
  static final int OPERATION = 0;

  /** Channels of the input; for a dense layer, its input features. */
  static final int CHANNELS = 1;

  /** Rows of the input. */
  static final int HEIGHT = 2;

  /** Columns of the input. */
  static final int WIDTH = 3;

  /** Channels of the output: filters, or a dense layer's output features. */
  static final int OUT_CHANNELS = 4;

  /** Rows of the output. */
  static final int OUT_HEIGHT = 5;

  /** Columns of the output. */
  static final int OUT_WIDTH = 6;

  /** Rows of a filter or of a pooling window. */
  static final int WINDOW_HEIGHT = 7;

  /** Columns of a filter or of a pooling window. */
  static final int WINDOW_WIDTH = 8;

  /** Step between two windows. */
  static final int STRIDE = 9;

  /** Zeros around the input. */
  static final int PADDING = 10;

  /** Where the input and its gradient begin. */
  static final int INPUT = 11;

  /** Where the output and its gradient begin. */
  static final int OUTPUT = 12;

  /** Where filters or dense weights and their gradient begin. */
  static final int WEIGHT = 13;

  /** Where the bias and its gradient begin; {@link #NONE} without bias. */
  static final int BIAS = 14;

  /** Elements of a row. */
  static final int LENGTH = 15;

  /** What stands at {@link #BIAS} where there is none. */
  static final int NONE = -1;

  private Pass() {}
}
