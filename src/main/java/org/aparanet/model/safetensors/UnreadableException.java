package org.aparanet.model.safetensors;

/** A file could not be read, of which its content is innocent: that may be as good as ever. */
public final class UnreadableException extends SafetensorsException {
  private static final long serialVersionUID = 1L;

  UnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
