package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;
import org.aparanet.engine.Optimizer;

/**
 * Device functions of the parameters' update, by the rules of {@link Optimizer}, for {@link
 * ParameterUpdate}, {@link GradientSquares}, {@link SquareSums} and {@link TrainingKernel}.
 *
 * <p>A superclass, because a square root in single precision is a method of {@link Kernel}, which
 * static functions cannot call.
 *
 * <pre>
 * partials [chunks, P]   parameters, dParameters, moments [P], P being the parameters of a layer
 * </pre>
 */
abstract class UpdateFunctions extends SoftmaxFunctions {
  /** Partial sums of all squares. */
  static final int SQUARE_SUMS = 128;

  /** Momentum, or the running mean of the gradients [P]; unused by SGD. */
  float[] firstMoments;

  /** Running mean of the squared gradients [P]; used by ADAM and ADAMW alone. */
  float[] secondMoments;

  /** Sums of squared gradients, one of each work-item, then {@link #SQUARE_SUMS} of all. */
  float[] squares;

  /** Optimizer's rule, one of the constants of {@link UpdateRule}. */
  int rule;

  float learningRate;

  /** Learning rate of the head. */
  float headRate;

  /** Index of the head's first parameter; behind all others where it is as they are. */
  int headFrom;

  /** Momentum of MOMENTUM and NESTEROV, beta1 of ADAM and ADAMW. */
  float momentum;

  float beta2;
  float weightDecay;

  /** Weight decay of the head. */
  float headDecay;

  float clipNorm;

  /** Adam's bias correction of the first moment, 1 / (1 - beta1^t). */
  float firstCorrection;

  /** Adam's bias correction of the second moment, 1 / (1 - beta2^t). */
  float secondCorrection;

  /**
   * Adds up the chunks of all gradients of filters and weights, and updates the parameters. Behind
   * {@link #gradientSquares} the gradients are added up already, and they are clipped.
   *
   * @param firstRow first row of the pass, which has a row for each layer
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
      float rate = learningRate;
      float decay = weightDecay;
      if (first >= headFrom) {
        rate = headRate;
        decay = headDecay;
      }
      for (int element = item; element < passes[row + Pass.COLUMNS]; element += items) {
        int at = first + element;
        float gradient = 0f;
        if (clipped == 1) {
          gradient = dParameters[at];
        } else {
          gradient = chunkSum(partials, passes, row, element);
          dParameters[at] = gradient;
        }
        parameters[at] = moved(at, parameters[at], factor * gradient, rate, decay);
      }
      more = passes[row + Pass.CONTINUED];
      row += Pass.LENGTH;
    }
  }

  /** Adds up the chunks of the gradients, and for each work-item the squares of its gradients. */
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

  /** Adds up the sums of all work-items to {@link #SQUARE_SUMS} of them. */
  void squareSums(int item, int items) {
    for (int piece = item; piece < SQUARE_SUMS; piece += items) {
      float sum = 0f;
      for (int other = piece; other < items; other += SQUARE_SUMS) {
        sum += squares[other];
      }
      squares[items + piece] = sum;
    }
  }

  /** Factor of all gradients, at most 1, that limits their norm to {@link #clipNorm}. */
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

  /** Sum over chunks, in their order, of a gradient or of an output before its activation. */
  static float chunkSum(float[] partials, int[] passes, int row, int element) {
    float sum = 0f;
    for (int chunk = 0; chunk < passes[row + Pass.CHUNKS]; chunk++) {
      sum +=
          partials[
              passes[row + Pass.PARTIALS] + chunk * passes[row + Pass.PARTIAL_STRIDE] + element];
    }
    return sum;
  }

  /** Value of a parameter after the step; updates its moments, too. */
  float moved(int at, float value, float clippedGradient, float rate, float decay) {
    float kept = value;
    float gradient = clippedGradient;
    if (rule == UpdateRule.ADAMW) { // weight decay is decoupled from the gradient
      kept = value - rate * decay * value;
    } else {
      gradient = clippedGradient + decay * value;
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
    return kept - rate * step;
  }
}
