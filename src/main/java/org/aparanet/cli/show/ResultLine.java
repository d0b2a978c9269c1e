package org.aparanet.cli.show;

import java.util.Locale;
import org.aparanet.train.evaluate.Accuracy;

/** Last line of train and evaluate, whose form scripts rely on. */
public final class ResultLine {
  private ResultLine() {}

  /**
   * @param devices of the work, in words
   */
  public static String of(Accuracy test, double seconds, double imagesPerSecond, String devices) {
    return String.format(
        Locale.ROOT,
        "test accuracy %s, %.1f s, %.0f images/s on %s",
        test,
        seconds,
        imagesPerSecond,
        devices);
  }
}
