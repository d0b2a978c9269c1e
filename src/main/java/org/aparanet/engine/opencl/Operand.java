package org.aparanet.engine.opencl;

/** The arrays in which {@link TrainingKernel} finds the operands of a product. */
final class Operand {
  static final int PARAMETERS = 0;
  static final int ACTIVATIONS = 1;
  static final int D_ACTIVATIONS = 2;
  static final int D_LOGITS = 3;

  private Operand() {}
}
