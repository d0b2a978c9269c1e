package org.aparanet.train;

import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;
import org.aparanet.train.evaluate.Accuracy;

/**
 * The result of a training run.
 *
 * @param parameters the trained parameters, laid out as the network's tensors say: those of the
 *     best epoch if there are validation images, otherwise those of the last one
 * @param best the best epoch, if there are validation images
 * @param test accuracy of these parameters on the test images
 * @param recalls accuracy on the test images of each class, in their order
 * @param seconds time of the training, without the tests
 * @param imagesPerSecond training images in a second
 * @param devices what the parameters were trained on, in order: more than one if a device failed
 *     after some of its work had been kept, or several trained together; those that failed come
 *     first
 */
public record TrainingResult(
    float[] parameters,
    Optional<Best> best,
    Accuracy test,
    List<Accuracy> recalls,
    double seconds,
    double imagesPerSecond,
    List<Device> devices) {

  /**
   * Keeps lists that do not change.
   *
   * @param parameters the trained parameters
   * @param best the best epoch, if there are validation images
   * @param test accuracy of these parameters on the test images
   * @param recalls accuracy on the test images of each class, in their order
   * @param seconds time of the training, without the tests
   * @param imagesPerSecond training images in a second
   * @param devices what the parameters were trained on, in order
   */
  public TrainingResult {
    recalls = List.copyOf(recalls);
    devices = List.copyOf(devices);
  }
}
