package org.aparanet.train;

import java.util.List;
import org.aparanet.engine.Device;

/**
 * What a training run came to.
 *
 * @param parameters the trained parameters, laid out as the network's tensors say
 * @param test accuracy on the test images at the end
 * @param seconds time of the training, without the tests
 * @param imagesPerSecond training images in a second
 * @param devices what the parameters were trained on, in order: more than one if a device failed
 *     after some of its work had been kept
 */
public record TrainingResult(
    float[] parameters,
    Accuracy test,
    double seconds,
    double imagesPerSecond,
    List<Device> devices) {}
