package org.aparanet.engine.opencl.kernel;

/** The arrays in which {@link TrainingKernel} finds the operands of a product. */
public final class Operand {
  public static final int PARAMETERS = 0;
  public static final int ACTIVATIONS = 1;
  public static final int D_ACTIVATIONS = 2;
  public static final int D_LOGITS = 3;

  private Operand() {}
}
