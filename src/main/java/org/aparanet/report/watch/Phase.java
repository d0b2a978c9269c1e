package org.aparanet.report.watch;

import java.util.Locale;

/** Where a training stands. */
enum Phase {
  /** Steps are taken. */
  TRAINING,
  /** It waits between two steps. */
  PAUSED,
  /** It ends after its present step, and is tested. */
  STOPPING,
  /** There is a result. */
  ENDED,
  /** There is none. */
  FAILED;

  /** As the page gets it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isOver() {
    return this == ENDED || this == FAILED;
  }
}
