package org.aparanet.data;

import java.util.Locale;

/** The two parts of a data set. */
public enum Split {
  /** Images that a network learns from. */
  TRAIN,
  /** Images that it is tested with; it never learns from these. */
  TEST;

  /** {@code train} or {@code test}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
