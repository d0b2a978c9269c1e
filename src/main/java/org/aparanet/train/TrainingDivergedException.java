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
   * @param lastSnapshot the last one, whose parameters are finite
   */
  static TrainingDivergedException at(
      String what, long step, int epoch, float learningRate, Device device, Snapshot lastSnapshot) {
    return new TrainingDivergedException(
        what
            + " at step "
            + step
            + " (epoch "
            + epoch
            + ") with learning rate "
            + learningRate
            + advice(learningRate)
            + doubt(device),
        lastSnapshot.state().parameters(),
        lastSnapshot.position().step());
  }

  private static String advice(float learningRate) {
    BigDecimal smaller =
        new BigDecimal(Float.toString(learningRate)).movePointLeft(1).stripTrailingZeros();
    return smaller.floatValue() > 0
        ? "; use a smaller one, such as --learning-rate " + text(smaller)
        : "; hardly a smaller one can help, so look for another cause, such as --weight-decay or"
            + " the model of --weights";
  }

  /** Text of a number, without an exponent where that is short. */
  private static String text(BigDecimal number) {
    String plain = number.toPlainString();
    return plain.length() <= 12 ? plain : number.toString();
  }

  /** A loss that is not finite may also come from a device that computes wrongly. */
  private static String doubt(Device device) {
    return device.kind() == Device.Kind.JAVA
        ? ""
        : "; should that not help, let \"aparanet devices --check\" test " + device;
  }
}
