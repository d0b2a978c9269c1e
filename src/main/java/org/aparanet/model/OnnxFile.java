package org.aparanet.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.model.onnx.ElementType;
import org.aparanet.model.onnx.OnnxAttribute;
import org.aparanet.model.onnx.OnnxException;
import org.aparanet.model.onnx.OnnxGraph;
import org.aparanet.model.onnx.OnnxModel;
import org.aparanet.model.onnx.OnnxNode;
import org.aparanet.model.onnx.OnnxTensor;
import org.aparanet.model.onnx.OnnxValue;

/**
 * Models as ONNX files: the network in inference as a graph from {@code image} to {@code logits}
 * and {@code probabilities}. docs/model-files.md describes what is written.
 */
final class OnnxFile {
  private static final String LOGITS = "logits";
  private static final String PROBABILITIES = "probabilities";

  private OnnxFile() {}

  /**
   * Writes a model; an older file of that name is replaced at once, or kept if this fails.
   *
   * @throws ModelFileException if the file cannot be written, or a parameter is not finite
   */
  static void save(Path file, Model model, OnnxInput input) {
    for (Network.Tensor tensor : model.network().tensors()) {
      ModelFile.requireFinite(file.toString(), tensor.name(), tensor, model.parameters());
    }
    Network network = model.network();
    String description =
        "Takes images of "
            + ModelFile.input(network)
            + " as "
            + input.text()
            + "; gives a logit and a probability for each class.";
    try {
      new OnnxModel(description, ModelFile.metadata(model), graph(model, input)).write(file);
    } catch (OnnxException e) {
      throw new ModelFileException(e.getMessage(), e);
    }
  }

  private static OnnxGraph graph(Model model, OnnxInput input) {
    Network network = model.network();
    OnnxPreparation preparation =
        new OnnxPreparation(network.input(), input, network.normalization());
    List<OnnxNode> nodes = new ArrayList<>(preparation.nodes());
    nodes.addAll(new OnnxLayers(network, preparation.output(), LOGITS).nodes());
    nodes.add(
        new OnnxNode(
            "Softmax",
            PROBABILITIES,
            List.of(LOGITS),
            PROBABILITIES,
            List.of(OnnxAttribute.of("axis", 1))));
    List<OnnxTensor> tensors = new ArrayList<>(preparation.tensors());
    for (Network.Tensor tensor : network.tensors()) {
      tensors.add(
          new OnnxTensor(tensor.name(), tensor.dimensions(), model.parameters(), tensor.offset()));
    }
    return new OnnxGraph(
        "network",
        nodes,
        tensors,
        List.of(preparation.image()),
        List.of(output(LOGITS, network), output(PROBABILITIES, network)));
  }

  private static OnnxValue output(String name, Network network) {
    return new OnnxValue(name, ElementType.FLOAT, List.of(network.classes()));
  }
}
