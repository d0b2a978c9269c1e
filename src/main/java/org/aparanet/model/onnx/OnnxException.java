package org.aparanet.model.onnx;

/** An ONNX file could not be written; the message is one sentence that names the file. */
public class OnnxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OnnxException(String message) {
    super(message);
  }

  OnnxException(String message, Throwable cause) {
    super(message, cause);
  }
}
