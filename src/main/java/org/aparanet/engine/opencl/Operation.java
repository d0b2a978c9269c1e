package org.aparanet.engine.opencl;

/** What a pass can do; Aparapi translates these to literals, so they are no enum. */
final class Operation {
  static final int FORWARD = 0;
  static final int BACKWARD_DATA = 1;
  static final int BACKWARD_FILTER = 2;

  /** The last of the matrix products. */
  static final int LAST_PRODUCT = BACKWARD_FILTER;

  static final int BATCH_NORM_STATISTICS = 3;
  static final int BATCH_NORM_SUMS = 4;

  /** The last of those whose work-items add up something together. */
  static final int LAST_OF_GROUPS = BATCH_NORM_SUMS;

  static final int GATHER = 5;
  static final int FINISH_OUTPUTS = 6;
  static final int MAX_POOL_FORWARD = 7;
  static final int MAX_POOL_BACKWARD = 8;
  static final int RELU_FORWARD = 9;
  static final int RELU_BACKWARD = 10;
  static final int AVERAGE_POOL_FORWARD = 11;
  static final int AVERAGE_POOL_BACKWARD = 12;
  static final int DROPOUT_FORWARD = 13;
  static final int DROPOUT_BACKWARD = 14;
  static final int RESIDUAL_FORWARD = 15;
  static final int RESIDUAL_BACKWARD = 16;
  static final int BATCH_NORM_FORWARD = 17;
  static final int BATCH_NORM_BACKWARD = 18;
  static final int GRADIENT_SQUARES = 19;
  static final int SQUARE_SUMS = 20;
  static final int UPDATE = 21;

  private Operation() {}
}
