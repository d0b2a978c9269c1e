package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;
import org.aparanet.engine.Optimizer;

/**
 * Device functions of the parameters' update, by the rules of {@link Optimizer}: what {@link
 * ParameterUpdate}, {@link GradientSquares} and {@link SquareSums} run, and {@link TrainingKernel}
 * with them.
 *
 * <p>A superclass, because a square root in single precision is a method of {@link Kernel}, which
 * static functions cannot call.
 *
 * <pre>
 * partials [chunks, P]   parameters, dParameters, moments [P], P being the parameters of a layer
 * </pre>
 */
abstract class UpdateFunctions extends SoftmaxFunctions {
  /** Pieces in which the sum of all squares is left. */
  static final int SQUARE_SUMS = 128;

  /** Momentum, or the mean of the gradients; unused by SGD. */
  float[] firstMoments;

  /** The mean of the gradients' squares; used by ADAM and ADAMW alone. */
  float[] secondMoments;

  /** The sum of the squares that each work-item has seen, then {@link #SQUARE_SUMS} of all. */
  float[] squares;

  /** The optimizer's rule, one of the constants of {@link UpdateRule}. */
  int rule;

  float learningRate;

  /** That of a first moment alone, or beta1 of two. */
  float momentum;

  float beta2;
  float weightDecay;
  float clipNorm;

  /** Adam's bias correction of the first moment, 1 / (1 - beta1^t). */
  float firstCorrection;

  /** Adam's bias correction of the second moment, 1 / (1 - beta2^t). */
  float secondCorrection;

  /**
   * The second stage of all gradients of filters and weights, and the step. Behind {@link
   * #gradientSquares} the gradients are there already, and they are clipped.
   *
   * @param firstRow rows of one pass, one for each layer
   */
  void parameterUpdate(
      float[] partials,
      float[] parameters,
      float[] dParameters,
      int[] passes,
      int firstRow,
      int item,
      int items) {
    int clipped = passes[firstRow + Pass.CLIPPED];
    float factor = 1f;
    if (clipped == 1) {
      factor = clipFactor(items);
    }
    int row = firstRow;
    int more = 1;
    while (more == 1) {
      int first = passes[row + Pass.WEIGHT];
      for (int element = item; element < passes[row + Pass.COLUMNS]; element += items) {
        int at = first + element;
        float gradient = 0f;
        if (clipped == 1) {
          gradient = dParameters[at];
        } else {
          gradient = chunkSum(partials, passes, row, element);
          dParameters[at] = gradient;
        }
        parameters[at] = moved(at, parameters[at], factor * gradient);
      }
      more = passes[row + Pass.CONTINUED];
      row += Pass.LENGTH;
    }
  }

  /** The gradients, and the sum of the squares of those that a work-item has added up. */
  void gradientSquares(
      float[] partials, float[] dParameters, int[] passes, int firstRow, int item, int items) {
    float sum = 0f;
    int row = firstRow;
    int more = 1;
    while (more == 1) {
      int first = passes[row + Pass.WEIGHT];
      for (int element = item; element < passes[row + Pass.COLUMNS]; element += items) {
        float gradient = chunkSum(partials, passes, row, element);
        dParameters[first + element] = gradient;
        sum += gradient * gradient;
      }
      more = passes[row + Pass.CONTINUED];
      row += Pass.LENGTH;
    }
    squares[item] = sum;
  }

  /** Adds up the sums of all work-items, to so few that each can add up the rest for itself. */
  void squareSums(int item, int items) {
    for (int piece = item; piece < SQUARE_SUMS; piece += items) {
      float sum = 0f;
      for (int other = piece; other < items; other += SQUARE_SUMS) {
        sum += squares[other];
      }
      squares[items + piece] = sum;
    }
  }

  /** What all gradients are multiplied by, so that their norm is not above the limit. */
  float clipFactor(int items) {
    float sum = 0f;
    for (int piece = 0; piece < SQUARE_SUMS; piece++) {
      sum += squares[items + piece];
    }
    float factor = clipNorm / (sqrt(sum) + Optimizer.NORM_EPSILON);
    if (factor > 1f) {
      factor = 1f;
    }
    return factor;
  }

  /** A gradient, or an output before its activation: its chunks, in their order. */
  static float chunkSum(float[] partials, int[] passes, int row, int element) {
    float sum = 0f;
    for (int chunk = 0; chunk < passes[row + Pass.CHUNKS]; chunk++) {
      sum +=
          partials[
              passes[row + Pass.PARTIALS] + chunk * passes[row + Pass.PARTIAL_STRIDE] + element];
    }
    return sum;
  }

  /** A parameter after the step; moves its moments, too. */
  float moved(int at, float value, float clippedGradient) {
    float kept = value;
    float gradient = clippedGradient;
    if (rule == UpdateRule.ADAMW) { // whose weight decay is no part of the gradient
      kept = value - learningRate * weightDecay * value;
    } else {
      gradient = clippedGradient + weightDecay * value;
    }
    float step = gradient;
    if (rule >= UpdateRule.ADAM) {
      float first = momentum * firstMoments[at] + (1f - momentum) * gradient;
      float second = beta2 * secondMoments[at] + (1f - beta2) * gradient * gradient;
      firstMoments[at] = first;
      secondMoments[at] = second;
      step = first * firstCorrection / (sqrt(second * secondCorrection) + Optimizer.EPSILON);
    } else if (rule >= UpdateRule.MOMENTUM) {
      float first = momentum * firstMoments[at] + gradient;
      firstMoments[at] = first;
      step = first;
      if (rule == UpdateRule.NESTEROV) {
        step = gradient + momentum * first;
      }
    }
    return kept - learningRate * step;
  }
}
