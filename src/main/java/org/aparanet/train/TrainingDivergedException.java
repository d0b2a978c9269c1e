package org.aparanet.train;

import java.math.BigDecimal;
import org.aparanet.engine.Device;

/**
 * The loss or the parameters became infinite or NaN; the message is one sentence for the user with
 * the step, the learning rates and advice.
 */
public final class TrainingDivergedException extends TrainingFailedException {
  private static final long serialVersionUID = 1L;

  private TrainingDivergedException(String message, float[] parameters, long step) {
    super(message, null, parameters, step);
  }

  /**
   * @param what what happened
   * @param step number of the step at which it did
   * @param plan with the learning rates
   * @param device that trained
   * @param lastSnapshot the last one, whose parameters are finite
   */
  static TrainingDivergedException at(
      String what, long step, int epoch, TrainingPlan plan, Device device, Snapshot lastSnapshot) {
    return new TrainingDivergedException(
        what
            + " at step "
            + step
            + " (epoch "
            + epoch
            + ") with learning rate "
            + plan.learningRate()
            + (plan.optimizer().hasHeadRate() ? " and head rate " + plan.headRate() : "")
            + advice(plan)
            + doubt(device),
        lastSnapshot.result(),
        lastSnapshot.position().step());
  }

  private static String advice(TrainingPlan plan) {
    BigDecimal smaller = smaller(plan.learningRate());
    BigDecimal smallerHead = smaller(plan.headRate());
    if (smaller.floatValue() == 0 || smallerHead.floatValue() == 0) {
      return "; hardly a smaller one can help, so look for another cause, such as --weight-decay or"
          + " the model of --weights";
    }
    return plan.optimizer().hasHeadRate()
        ? "; use smaller ones, such as --learning-rate "
            + text(smaller)
            + " --head-rate "
            + text(smallerHead)
        : "; use a smaller one, such as --learning-rate " + text(smaller);
  }

  private static BigDecimal smaller(float rate) {
    return new BigDecimal(Float.toString(rate)).movePointLeft(1).stripTrailingZeros();
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
