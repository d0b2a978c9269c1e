package org.aparanet.engine;

import java.io.Serializable;
import java.util.Objects;

/**
 * Everything that a session needs to go on with a training: what {@link Session#state} gives and
 * {@link Session#restore} takes. Arrays are laid out like the parameters and not copied.
 *
 * @param parameters of all layers, running statistics included
 * @param firstMoments of an optimizer with at least one moment: momentum, or the gradients' mean;
 *     otherwise empty
 * @param secondMoments of an optimizer with two moments: the mean of the gradients' squares;
 *     otherwise empty
 * @param steps steps taken since {@link Session#optimize}
 * @serial exclude
 */
public record TrainingState(
    float[] parameters, float[] firstMoments, float[] secondMoments, long steps)
    implements Serializable {

  private static final float[] NONE = new float[0];

  /**
   * Checks the values.
   *
   * @param parameters of all layers, running statistics included
   * @param firstMoments of an optimizer with at least one moment: momentum, or the gradients' mean;
   *     otherwise empty
   * @param secondMoments of an optimizer with two moments: the mean of the gradients' squares;
   *     otherwise empty
   * @param steps steps taken since {@link Session#optimize}
   * @throws IllegalArgumentException if a length is neither 0 nor that of the parameters, or the
   *     steps are negative
   */
  public TrainingState {
    Objects.requireNonNull(parameters, "parameters");
    requireLength(firstMoments, parameters);
    requireLength(secondMoments, parameters);
    if (steps < 0) {
      throw new IllegalArgumentException(steps + " steps; there are at least 0");
    }
  }

  private static void requireLength(float[] moments, float[] parameters) {
    if (moments.length != 0 && moments.length != parameters.length) {
      throw new IllegalArgumentException(
          moments.length + " moments for " + parameters.length + " parameters");
    }
  }

  /**
   * {@return the state before the first step}
   *
   * @param parameters of all layers, running statistics included
   * @param optimizer which says how many moments there are
   */
  public static TrainingState start(float[] parameters, Optimizer optimizer) {
    int moments = optimizer.rule().moments();
    return new TrainingState(
        parameters,
        moments > 0 ? new float[parameters.length] : NONE,
        moments > 1 ? new float[parameters.length] : NONE,
        0);
  }
}
