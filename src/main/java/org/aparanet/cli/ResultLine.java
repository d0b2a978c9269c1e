package org.aparanet.cli;

import java.util.Locale;
import org.aparanet.engine.Device;
import org.aparanet.train.Accuracy;

/** The last line of train and evaluate, on which scripts rely. */
final class ResultLine {
  private ResultLine() {}

  static String of(Accuracy test, double seconds, double imagesPerSecond, Device device) {
    return String.format(
        Locale.ROOT,
        "test accuracy %s, %.1f s, %.0f images/s on %s",
        test,
        seconds,
        imagesPerSecond,
        device);
  }
}
