package org.aparanet.data;

/** A file is itself what is wrong: however often it is read, wherever, it is not what is wanted. */
final class WrongFileException extends DataException {
  private static final long serialVersionUID = 1L;

  WrongFileException(String message) {
    super(message);
  }

  WrongFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
