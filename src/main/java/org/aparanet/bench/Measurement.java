package org.aparanet.bench;

import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;
import org.aparanet.engine.LaunchCost;
import org.aparanet.engine.StepPart;

/**
 * Times of one network at one batch on one device.
 *
 * @param device the device
 * @param network the case's label
 * @param batch images of a step
 * @param openSeconds once: memory, kernels generated and built, a first execution
 * @param loadSeconds once: images handed to the session
 * @param firstStepSeconds once: the first step, with the upload of the images
 * @param step times of training steps
 * @param inference times of inferences of as many images
 * @param parts the pieces of a step
 * @param method how the pieces were timed, in a sentence
 * @param launchCost what calls and launches cost the host; empty where there are none
 */
public record Measurement(
    Device device,
    String network,
    int batch,
    double openSeconds,
    double loadSeconds,
    double firstStepSeconds,
    Samples step,
    Samples inference,
    List<Part> parts,
    String method,
    Optional<LaunchCost> launchCost) {

  /**
   * One piece of the step, timed several times.
   *
   * @param part the piece, with the median of its times
   * @param samples the times
   */
  public record Part(StepPart part, Samples samples) {}

  /** Images in a second of training. */
  public double trainingRate() {
    return batch * 1e9 / step.median();
  }

  /** Images in a second of inference. */
  public double inferenceRate() {
    return batch * 1e9 / inference.median();
  }

  /** Time of all pieces, in nanoseconds. */
  public double sumOfParts() {
    return parts.stream().mapToDouble(p -> p.part().nanos()).sum();
  }

  /** Launches of device code in a step. */
  public int launches() {
    return parts.stream().mapToInt(p -> p.part().launches()).sum();
  }

  /** Whether the machine was busy with other things meanwhile. */
  public boolean noisy() {
    return step.noisy() || inference.noisy();
  }
}
