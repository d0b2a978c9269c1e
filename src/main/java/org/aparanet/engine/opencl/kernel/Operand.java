package org.aparanet.engine.opencl.kernel;

/** Arrays of a product's operands in {@link TrainingKernel}. */
public final class Operand {
  public static final int PARAMETERS = 0;
  public static final int ACTIVATIONS = 1;
  public static final int D_ACTIVATIONS = 2;
  public static final int D_LOGITS = 3;

  private Operand() {}
}
