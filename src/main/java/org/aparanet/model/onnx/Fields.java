package org.aparanet.model.onnx;

/**
 * Numbers of the fields that are written, by message, as in {@code onnx/onnx.proto} of <a
 * href="https://github.com/onnx/onnx">github.com/onnx/onnx</a>.
 */
final class Fields {

  /** {@code ModelProto}. */
  static final int MODEL_IR_VERSION = 1;

  static final int MODEL_PRODUCER_NAME = 2;
  static final int MODEL_DOC_STRING = 6;
  static final int MODEL_GRAPH = 7;
  static final int MODEL_OPSET_IMPORT = 8;
  static final int MODEL_METADATA_PROPS = 14;

  /** {@code OperatorSetIdProto}; without a domain it is the one of ONNX itself. */
  static final int OPSET_VERSION = 2;

  /** {@code StringStringEntryProto}. */
  static final int ENTRY_KEY = 1;

  static final int ENTRY_VALUE = 2;

  /** {@code GraphProto}. */
  static final int GRAPH_NODE = 1;

  static final int GRAPH_NAME = 2;
  static final int GRAPH_INITIALIZER = 5;
  static final int GRAPH_INPUT = 11;
  static final int GRAPH_OUTPUT = 12;

  /** {@code NodeProto}. */
  static final int NODE_INPUT = 1;

  static final int NODE_OUTPUT = 2;
  static final int NODE_NAME = 3;
  static final int NODE_OP_TYPE = 4;
  static final int NODE_ATTRIBUTE = 5;

  /** {@code AttributeProto}. */
  static final int ATTRIBUTE_NAME = 1;

  static final int ATTRIBUTE_FLOAT = 2;
  static final int ATTRIBUTE_INT = 3;
  static final int ATTRIBUTE_INTS = 8;
  static final int ATTRIBUTE_TYPE = 20;

  /** {@code TensorProto}. */
  static final int TENSOR_DIMS = 1;

  static final int TENSOR_DATA_TYPE = 2;
  static final int TENSOR_NAME = 8;
  static final int TENSOR_RAW_DATA = 9;

  /** {@code ValueInfoProto}. */
  static final int VALUE_NAME = 1;

  static final int VALUE_TYPE = 2;

  /** {@code TypeProto} and its {@code Tensor}. */
  static final int TYPE_TENSOR = 1;

  static final int TENSOR_TYPE_ELEMENT = 1;
  static final int TENSOR_TYPE_SHAPE = 2;

  /** {@code TensorShapeProto} and its {@code Dimension}. */
  static final int SHAPE_DIMENSION = 1;

  static final int DIMENSION_VALUE = 1;
  static final int DIMENSION_PARAMETER = 2;

  private Fields() {}
}
