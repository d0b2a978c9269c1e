package org.aparanet.train.evaluate;

/**
 * A network's prediction for one image.
 *
 * @param predicted the most probable class; of equally probable ones, the first
 * @param probabilities of all classes; their sum is 1
 */
public record Prediction(int predicted, double[] probabilities) {}
