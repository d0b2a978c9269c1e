package org.aparanet.model.onnx;

import java.util.List;

/**
 * A constant of a graph, in single precision.
 *
 * @param name by which nodes take it
 * @param dimensions outermost first; empty for a single number
 * @param values hold the elements in row-major order; not copied
 * @param offset index of the first element
 */
public record OnnxTensor(String name, List<Integer> dimensions, float[] values, int offset) {

  public OnnxTensor {
    dimensions = List.copyOf(dimensions);
  }

  Message message() {
    int count = dimensions.stream().reduce(1, Math::multiplyExact);
    Message message = new Message();
    dimensions.forEach(dimension -> message.integer(Fields.TENSOR_DIMS, dimension));
    return message
        .integer(Fields.TENSOR_DATA_TYPE, ElementType.FLOAT.code())
        .text(Fields.TENSOR_NAME, name)
        .floats(Fields.TENSOR_RAW_DATA, values, offset, count);
  }
}
