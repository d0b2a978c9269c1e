package org.aparanet.train.evaluate;

import java.util.function.IntFunction;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.train.loss.SoftmaxCrossEntropy;

/** Outputs of a network for a batch, {@code [count, classes]} logits, as predictions. */
public final class Outputs {
  private Outputs() {}

  /**
   * Refuses outputs of which no probabilities can be made.
   *
   * @param session where they come from
   * @param image what to call the image of a row
   * @throws EngineException if one is not finite
   */
  static void requireFinite(Session session, float[] logits, int count, IntFunction<String> image) {
    int classes = session.network().classes();
    for (int i = 0; i < count * classes; i++) {
      if (!Float.isFinite(logits[i])) {
        throw notFinite(session.device(), image.apply(i / classes) + " an output");
      }
    }
  }

  /**
   * {@return the exception for outputs of which no probabilities can be made}
   *
   * @param device that gave them
   * @param what it gave, such as {@code an output}
   */
  public static EngineException notFinite(Device device, String what) {
    return new EngineException(
        device
            + " gives "
            + what
            + " that is not finite: the parameters are too large, or the device computes wrongly"
            + " (\"aparanet devices --check\" tests it)");
  }

  /**
   * {@return the prediction of a row}
   *
   * @param logits of all rows, [rows, classes]
   * @param row its number
   * @param classes number of classes
   */
  public static Prediction prediction(float[] logits, int row, int classes) {
    return new Prediction(
        SoftmaxCrossEntropy.argmax(logits, row * classes, classes),
        SoftmaxCrossEntropy.softmax(logits, row * classes, classes));
  }
}
