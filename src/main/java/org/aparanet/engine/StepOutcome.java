package org.aparanet.engine;

import java.io.Serializable;

/**
 * Outcome of a training step.
 *
 * @param lossSum sum of its images' losses; not finite if one of them is not
 * @param correct images whose largest logit was that of their label
 * @serial exclude
 */
public record StepOutcome(double lossSum, int correct) implements Serializable {}
