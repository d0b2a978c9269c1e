package org.aparanet.model.onnx;

import java.util.List;

/**
 * One use of an operator in a graph.
 *
 * @param operator its type, such as {@code Conv}
 * @param name of the node
 * @param inputs names of the values and constants that it takes
 * @param output name of the value that it makes
 * @param attributes in the order in which they are written
 */
public record OnnxNode(
    String operator,
    String name,
    List<String> inputs,
    String output,
    List<OnnxAttribute> attributes) {

  public OnnxNode {
    inputs = List.copyOf(inputs);
    attributes = List.copyOf(attributes);
  }

  Message message() {
    Message message = new Message();
    inputs.forEach(input -> message.text(Fields.NODE_INPUT, input));
    message
        .text(Fields.NODE_OUTPUT, output)
        .text(Fields.NODE_NAME, name)
        .text(Fields.NODE_OP_TYPE, operator);
    attributes.forEach(a -> message.message(Fields.NODE_ATTRIBUTE, a.message()));
    return message;
  }
}
