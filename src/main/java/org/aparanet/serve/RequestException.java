package org.aparanet.serve;

/** A request that is refused; the message is one sentence for the client. */
final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status of HTTP, 400 or above
   */
  RequestException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  RequestException(int status, String sentence, Throwable cause) {
    super(sentence, cause);
    this.status = status;
  }

  int status() {
    return status;
  }
}
