package org.aparanet.model.safetensors;

/**
 * A safetensors file could not be read or written; the message is one sentence that names the file.
 */
public class SafetensorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SafetensorsException(String message) {
    super(message);
  }

  public SafetensorsException(String message, Throwable cause) {
    super(message, cause);
  }
}
