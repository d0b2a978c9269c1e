package org.aparanet.data.format;

/** A file is itself what is wrong: however often it is read, wherever, it is not what is wanted. */
public final class WrongFileException extends DataException {
  private static final long serialVersionUID = 1L;

  public WrongFileException(String message) {
    super(message);
  }

  public WrongFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
