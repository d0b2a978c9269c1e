package org.aparanet.mutation;

/**
 * What came of a mutation.
 *
 * @param by the test that failed, or what else happened
 */
record Verdict(Kind kind, String by) {

  /** Whether tests noticed. */
  enum Kind {
    KILLED("killed"),
    TIMED_OUT("killed, by the time limit"),
    CRASHED("killed, the process ended"),
    SURVIVED("survived"),
    EQUIVALENT("survived, as it must"),
    NOT_EQUIVALENT("killed, though it is listed as equivalent"),
    DOES_NOT_COMPILE("does not compile");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    boolean killed() {
      return this == KILLED || this == TIMED_OUT || this == CRASHED;
    }
  }

  /** A cell of the table. */
  String text() {
    return by.isEmpty() ? kind.text : kind.text + ": " + by;
  }
}
