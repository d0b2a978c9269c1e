package org.aparanet.report.prediction;

import java.util.OptionalInt;
import org.aparanet.train.evaluate.Prediction;

/**
 * An image with what a network says of it.
 *
 * @param name the path of its file, as it is, or its place in a data set
 * @param label its class, where it is known
 * @param prediction class and probabilities
 */
public record PredictedImage(String name, OptionalInt label, Prediction prediction) {}
