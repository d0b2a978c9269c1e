package org.aparanet.train;

import java.math.BigDecimal;
import org.aparanet.engine.Device;

/**
 * The loss or the parameters became infinite or NaN; the message is one sentence for the user with
 * the step, the learning rate and advice.
 */
public final class TrainingDivergedException extends TrainingFailedException {
  private static final long serialVersionUID = 1L;

  private TrainingDivergedException(String message, float[] parameters, long step) {
    super(message, null, parameters, step);
  }

  /**
   * @param what what happened
   * @param step number of the step at which it did
   * @param learningRate of the plan
   * @param device that trained
   * @param good the last good state
   */
  static TrainingDivergedException at(
      String what, long step, int epoch, float learningRate, Device device, Snapshot good) {
    String smaller =
        new BigDecimal(Float.toString(learningRate))
            .movePointLeft(1)
            .stripTrailingZeros()
            .toPlainString();
    return new TrainingDivergedException(
        what
            + " at step "
            + step
            + " (epoch "
            + epoch
            + ") with learning rate "
            + learningRate
            + "; use a smaller one, such as --learning-rate "
            + smaller
            + doubt(device),
        good.state().parameters(),
        good.position().step());
  }

  /** A loss that is not finite may also come from a device that computes wrongly. */
  private static String doubt(Device device) {
    return device.kind() == Device.Kind.JAVA
        ? ""
        : "; should that not help, let \"aparanet devices --check\" test " + device;
  }
}
