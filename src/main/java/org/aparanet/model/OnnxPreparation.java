package org.aparanet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.model.onnx.ElementType;
import org.aparanet.model.onnx.OnnxAttribute;
import org.aparanet.model.onnx.OnnxNode;
import org.aparanet.model.onnx.OnnxTensor;
import org.aparanet.model.onnx.OnnxValue;

/**
 * The nodes of an ONNX graph from the image, [N, C, H, W], to what the first layer takes: division
 * of bytes by 255, and the network's normalisation.
 */
final class OnnxPreparation {
  private static final String IMAGE = "image";
  private static final float LARGEST_PIXEL = 255;

  private final OnnxValue image;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final List<OnnxTensor> tensors = new ArrayList<>();
  private String output = IMAGE;

  OnnxPreparation(Shape shape, OnnxInput input, Optional<PixelNormalization> normalization) {
    boolean bytes = input == OnnxInput.PIXELS;
    image =
        new OnnxValue(
            IMAGE,
            bytes ? ElementType.UINT8 : ElementType.FLOAT,
            List.of(shape.channels(), shape.height(), shape.width()));
    if (bytes) {
      OnnxAttribute to = OnnxAttribute.of("to", ElementType.FLOAT.code());
      append("Cast", List.of(output), "image.float", List.of(to));
      with("Div", "image.largest", List.of(), new float[] {LARGEST_PIXEL}, "image.unit");
    }
    normalization.ifPresent(
        n -> {
          List<Integer> each = List.of(n.channels(), 1, 1);
          with("Sub", "image.mean", each, array(n.mean()), "image.centred");
          with("Div", "image.std", each, array(n.std()), "image.normalized");
        });
  }

  /** The graph's input. */
  OnnxValue image() {
    return image;
  }

  List<OnnxNode> nodes() {
    return nodes;
  }

  List<OnnxTensor> tensors() {
    return tensors;
  }

  /** Name of what the first layer takes. */
  String output() {
    return output;
  }

  /** Appends an operator of the last value and a constant. */
  private void with(
      String operator, String constant, List<Integer> dimensions, float[] values, String result) {
    tensors.add(new OnnxTensor(constant, dimensions, values, 0));
    append(operator, List.of(output, constant), result, List.of());
  }

  private void append(
      String operator, List<String> inputs, String result, List<OnnxAttribute> attributes) {
    nodes.add(
        new OnnxNode(operator, "image." + operator + nodes.size(), inputs, result, attributes));
    output = result;
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
