package org.aparanet.engine.cpu.lane;

/** Piece of a layer's work on a slice; its parts do not depend on one another. */
enum LanePass {
  /** Output from the input. */
  FORWARD,
  /** Statistics of a batch normalisation's input. */
  MEASURE,
  /** Gradient of the ReLU of the layer's output, in place. */
  RELU_GRADIENT,
  /** Sums of the gradient of a batch normalisation's output. */
  MEASURE_GRADIENT,
  /** Gradient of weights and bias. */
  PARAMETER_GRADIENT,
  /** Gradient of the input. */
  INPUT_GRADIENT,
  /** Gradients from the other layers that also take the input. */
  BRANCH_GRADIENT
}
