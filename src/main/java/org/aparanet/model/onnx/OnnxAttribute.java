package org.aparanet.model.onnx;

import java.util.List;

/** A constant of an operator, such as {@code strides}. */
public final class OnnxAttribute {

  // AttributeProto.AttributeType
  private static final int FLOAT = 1;
  private static final int INT = 2;
  private static final int INTS = 7;

  private final Message message;

  private OnnxAttribute(Message message) {
    this.message = message;
  }

  /** A whole number. */
  public static OnnxAttribute of(String name, long value) {
    return new OnnxAttribute(
        named(name).integer(Fields.ATTRIBUTE_INT, value).integer(Fields.ATTRIBUTE_TYPE, INT));
  }

  /** A number in single precision. */
  public static OnnxAttribute of(String name, float value) {
    return new OnnxAttribute(
        named(name).real(Fields.ATTRIBUTE_FLOAT, value).integer(Fields.ATTRIBUTE_TYPE, FLOAT));
  }

  /** Several whole numbers. */
  public static OnnxAttribute of(String name, List<Integer> values) {
    Message message = named(name);
    values.forEach(value -> message.integer(Fields.ATTRIBUTE_INTS, value));
    return new OnnxAttribute(message.integer(Fields.ATTRIBUTE_TYPE, INTS));
  }

  private static Message named(String name) {
    return new Message().text(Fields.ATTRIBUTE_NAME, name);
  }

  Message message() {
    return message;
  }
}
