package org.aparanet.mutation;

/** A mistake in a table of mutations, or tests that cannot judge them. */
final class MutationException extends RuntimeException {
  MutationException(String message) {
    super(message);
  }
}
