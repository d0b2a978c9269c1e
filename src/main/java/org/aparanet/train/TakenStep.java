package org.aparanet.train;

import java.io.Serializable;
import org.aparanet.engine.StepOutcome;

/**
 * A step that a device has taken.
 *
 * @param images number of its images
 * @param learningRate with which it was taken
 * @param outcome its loss, not finite if the parameters were not or are no longer to be used
 * @serial exclude
 */
public record TakenStep(int images, float learningRate, StepOutcome outcome)
    implements Serializable {}
