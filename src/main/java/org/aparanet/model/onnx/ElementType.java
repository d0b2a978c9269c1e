package org.aparanet.model.onnx;

/** Type of a tensor's elements. */
public enum ElementType {
  FLOAT(1),
  UINT8(2);

  private final int code;

  ElementType(int code) {
    this.code = code;
  }

  /** Its number in the enumeration {@code TensorProto.DataType}, which Cast's attribute takes. */
  public int code() {
    return code;
  }
}
