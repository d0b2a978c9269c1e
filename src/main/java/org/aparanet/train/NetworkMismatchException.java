package org.aparanet.train;

/** A network cannot be used with a set of images; the message is one sentence for the user. */
public final class NetworkMismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  NetworkMismatchException(String message) {
    super(message);
  }
}
