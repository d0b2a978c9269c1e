package org.aparanet.engine.opencl;

/** What a pass can do; Aparapi translates these to literals, so they are no enum. */
final class Opcode {
  static final int FORWARD = 0;
  static final int BACKWARD_DATA = 1;
  static final int BACKWARD_FILTER = 2;

  /** The last of the matrix products. */
  static final int LAST_PRODUCT = BACKWARD_FILTER;

  static final int BATCH_NORM_STATISTICS = 3;
  static final int BATCH_NORM_SUMS = 4;

  /** The last of those whose work-items add up something together. */
  static final int LAST_OF_SUMS = BATCH_NORM_SUMS;

  /** {@link #FINISH_OUTPUTS} of the images that a work-group has in a chain. */
  static final int FINISH_IMAGES = 5;

  /** Softmax, loss and gradient of the images that a work-group has in a chain. */
  static final int SOFTMAX_LOSS = 6;

  /** The last of those that are cut into work units, each the work of a work-group. */
  static final int LAST_OF_WORK_UNITS = SOFTMAX_LOSS;

  static final int GATHER = 7;
  static final int FINISH_OUTPUTS = 8;
  static final int MAX_POOL_FORWARD = 9;
  static final int MAX_POOL_BACKWARD = 10;
  static final int RELU_FORWARD = 11;
  static final int RELU_BACKWARD = 12;
  static final int AVERAGE_POOL_FORWARD = 13;
  static final int AVERAGE_POOL_BACKWARD = 14;
  static final int DROPOUT_FORWARD = 15;
  static final int DROPOUT_BACKWARD = 16;
  static final int RESIDUAL_FORWARD = 17;
  static final int RESIDUAL_BACKWARD = 18;
  static final int BATCH_NORM_FORWARD = 19;
  static final int BATCH_NORM_BACKWARD = 20;
  static final int GRADIENT_SQUARES = 21;
  static final int SQUARE_SUMS = 22;
  static final int UPDATE = 23;

  private Opcode() {}
}
