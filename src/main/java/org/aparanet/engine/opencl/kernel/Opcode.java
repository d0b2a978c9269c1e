package org.aparanet.engine.opencl.kernel;

/** Operations of passes; no enum, since Aparapi translates these to literals. */
public final class Opcode {
  public static final int FORWARD = 0;
  public static final int BACKWARD_DATA = 1;
  public static final int BACKWARD_FILTER = 2;

  /** Last of the matrix products. */
  public static final int LAST_PRODUCT = BACKWARD_FILTER;

  public static final int BATCH_NORM_STATISTICS = 3;
  public static final int BATCH_NORM_SUMS = 4;

  /** Last of the operations that are sums across a work-group. */
  public static final int LAST_OF_SUMS = BATCH_NORM_SUMS;

  /** {@link #FINISH_OUTPUTS} of a work-group's images in a chain. */
  public static final int FINISH_IMAGES = 5;

  /** Softmax, loss and gradient of a work-group's images in a chain. */
  public static final int SOFTMAX_LOSS = 6;

  /** Last of the operations that are divided into work units, of a work-group each. */
  public static final int LAST_OF_WORK_UNITS = SOFTMAX_LOSS;

  public static final int GATHER = 7;
  public static final int FINISH_OUTPUTS = 8;
  public static final int MAX_POOL_FORWARD = 9;
  public static final int MAX_POOL_BACKWARD = 10;
  public static final int RELU_FORWARD = 11;
  public static final int RELU_BACKWARD = 12;
  public static final int LEAKY_RELU_FORWARD = 13;
  public static final int LEAKY_RELU_BACKWARD = 14;
  public static final int AVERAGE_POOL_FORWARD = 15;
  public static final int AVERAGE_POOL_BACKWARD = 16;
  public static final int DROPOUT_FORWARD = 17;
  public static final int DROPOUT_BACKWARD = 18;
  public static final int RESIDUAL_FORWARD = 19;
  public static final int RESIDUAL_BACKWARD = 20;
  public static final int BATCH_NORM_FORWARD = 21;
  public static final int BATCH_NORM_BACKWARD = 22;
  public static final int GRADIENT_SQUARES = 23;
  public static final int SQUARE_SUMS = 24;
  public static final int UPDATE = 25;

  /** The batch's images, which are floats, to the activations. */
  public static final int TAKE_FLOATS = 26;

  /** The outputs of the last layer, where it is not the one that has logits. */
  public static final int GIVE_FLOATS = 27;

  private Opcode() {}
}
