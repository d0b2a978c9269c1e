package org.aparanet.train;

/**
 * What a training run came to.
 *
 * @param parameters the trained parameters, laid out as the network's tensors say
 * @param test accuracy on the test images at the end
 * @param seconds time of the training, without the tests
 * @param imagesPerSecond training images in a second
 */
public record TrainingResult(
    float[] parameters, Accuracy test, double seconds, double imagesPerSecond) {}
