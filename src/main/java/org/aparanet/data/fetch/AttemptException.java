package org.aparanet.data.fetch;

/** One address did not give a file; the message goes on behind the address. */
final class AttemptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean worthRepeating;

  /**
   * @param worthRepeating whether the same address may do better now
   */
  AttemptException(String message, boolean worthRepeating, Throwable cause) {
    super(message, cause);
    this.worthRepeating = worthRepeating;
  }

  AttemptException(String message, boolean worthRepeating) {
    this(message, worthRepeating, null);
  }

  boolean isWorthRepeating() {
    return worthRepeating;
  }
}
