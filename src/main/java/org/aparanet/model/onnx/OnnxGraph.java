package org.aparanet.model.onnx;

import java.util.List;

/**
 * A computation.
 *
 * @param name of the whole
 * @param nodes each behind those whose values it takes
 * @param tensors the constants
 * @param inputs what the caller gives
 * @param outputs what the caller gets
 */
public record OnnxGraph(
    String name,
    List<OnnxNode> nodes,
    List<OnnxTensor> tensors,
    List<OnnxValue> inputs,
    List<OnnxValue> outputs) {

  public OnnxGraph {
    nodes = List.copyOf(nodes);
    tensors = List.copyOf(tensors);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  Message message() {
    Message message = new Message();
    nodes.forEach(node -> message.message(Fields.GRAPH_NODE, node.message()));
    message.text(Fields.GRAPH_NAME, name);
    tensors.forEach(tensor -> message.message(Fields.GRAPH_INITIALIZER, tensor.message()));
    inputs.forEach(input -> message.message(Fields.GRAPH_INPUT, input.message()));
    outputs.forEach(output -> message.message(Fields.GRAPH_OUTPUT, output.message()));
    return message;
  }
}
