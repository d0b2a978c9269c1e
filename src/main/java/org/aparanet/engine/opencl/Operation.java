package org.aparanet.engine.opencl;

/** What a pass can do; Aparapi translates these to literals, so they are no enum. */
final class Operation {
  static final int FORWARD = 0;
  static final int BACKWARD_DATA = 1;
  static final int BACKWARD_FILTER = 2;

  /** The last of the matrix products. */
  static final int LAST_PRODUCT = BACKWARD_FILTER;

  static final int GATHER = 3;
  static final int FINISH_OUTPUTS = 4;
  static final int MAX_POOL_FORWARD = 5;
  static final int MAX_POOL_BACKWARD = 6;
  static final int RELU_FORWARD = 7;
  static final int RELU_BACKWARD = 8;
  static final int UPDATE = 9;

  private Operation() {}
}
