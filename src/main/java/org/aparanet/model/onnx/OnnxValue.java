package org.aparanet.model.onnx;

import java.util.List;

/**
 * An input or output of a graph: a tensor whose first dimension is the batch, of any size.
 *
 * @param name by which it is known
 * @param type of its elements
 * @param dimensions those behind the batch, outermost first
 */
public record OnnxValue(String name, ElementType type, List<Integer> dimensions) {

  /** What files call the size of the batch. */
  private static final String BATCH = "N";

  public OnnxValue {
    dimensions = List.copyOf(dimensions);
  }

  Message message() {
    Message shape = new Message();
    shape.message(Fields.SHAPE_DIMENSION, new Message().text(Fields.DIMENSION_PARAMETER, BATCH));
    dimensions.forEach(
        dimension ->
            shape.message(
                Fields.SHAPE_DIMENSION, new Message().integer(Fields.DIMENSION_VALUE, dimension)));
    Message tensor =
        new Message()
            .integer(Fields.TENSOR_TYPE_ELEMENT, type.code())
            .message(Fields.TENSOR_TYPE_SHAPE, shape);
    return new Message()
        .text(Fields.VALUE_NAME, name)
        .message(Fields.VALUE_TYPE, new Message().message(Fields.TYPE_TENSOR, tensor));
  }
}
