package org.aparanet.cli.show;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.aparanet.engine.Device;
import org.aparanet.train.evaluate.Accuracy;

/** Last line of train and evaluate, whose form scripts rely on. */
public final class ResultLine {
  private ResultLine() {}

  /**
   * @param devices of the work, in order
   */
  public static String of(
      Accuracy test, double seconds, double imagesPerSecond, List<Device> devices) {
    return String.format(
        Locale.ROOT,
        "test accuracy %s, %.1f s, %.0f images/s on %s",
        test,
        seconds,
        imagesPerSecond,
        devices.stream().map(Device::toString).collect(Collectors.joining(", then ")));
  }
}
