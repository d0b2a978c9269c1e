package org.aparanet.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.aparanet.file.OutputClaim;

/**
 * A network with its parameters.
 *
 * @param network of the layers
 * @param parameters {@link Network#parameterCount()} elements, laid out as {@link
 *     Network#tensors()} says; not copied
 * @param classNames what the first classes are called, in their order; empty where that is not
 *     known
 */
public record Model(Network network, float[] parameters, List<String> classNames) {

  /**
   * Checks the values.
   *
   * @param network of the layers
   * @param parameters {@link Network#parameterCount()} elements, laid out as {@link
   *     Network#tensors()} says; not copied
   * @param classNames what the first classes are called, in their order; empty where that is not
   *     known
   * @throws IllegalArgumentException if the number of parameters is not the network's, or there are
   *     more names than classes, or a name is no text
   */
  public Model {
    Objects.requireNonNull(network);
    classNames = List.copyOf(classNames);
    ClassNames.requireText(classNames);
    if (parameters.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          parameters.length + " parameters for a network that has " + network.parameterCount());
    }
    if (classNames.size() > network.classes()) {
      throw new IllegalArgumentException(
          classNames.size()
              + " names of classes for a network that has "
              + network.classes()
              + " classes");
    }
  }

  /**
   * A model whose classes have no names.
   *
   * @param network of the layers
   * @param parameters {@link Network#parameterCount()} elements, laid out as {@link
   *     Network#tensors()} says; not copied
   */
  public Model(Network network, float[] parameters) {
    this(network, parameters, List.of());
  }

  /**
   * {@return what a class is called; its number where that is not known}
   *
   * @param label of the class, from 0
   */
  public String className(int label) {
    return label < classNames.size() ? classNames.get(label) : String.valueOf(label);
  }

  /**
   * {@return this model with other parameters}
   *
   * @param others in place of the present ones
   */
  public Model withParameters(float[] others) {
    return new Model(network, others, classNames);
  }

  /**
   * {@return this model with other names of its classes}
   *
   * @param others in place of the present ones
   */
  public Model withClassNames(List<String> others) {
    return new Model(network, parameters, others);
  }

  /**
   * Reads the tensors of a PyTorch {@code state_dict} as the parameters of a network. They are
   * found by the names of an {@code nn.Sequential} of the same layers, or else by order and shape;
   * docs/model-files.md describes how.
   *
   * @param file as {@code safetensors.torch.save_file} writes it
   * @param network whose parameters they are
   * @return the model, and where each tensor went
   * @throws ModelFileException if the file cannot be read, or a tensor is missing, superfluous, of
   *     another shape or not finite
   */
  public static ImportedModel importTensors(Path file, Network network) {
    return ModelFile.importTensors(file, network);
  }

  /**
   * Writes this model to a file, which replaces an older one of that name.
   *
   * @param file to write
   * @throws IllegalArgumentException if the path is empty
   * @throws ModelFileException if it cannot be written
   */
  public void save(Path file) {
    ModelFile.save(OutputClaim.named(Objects.requireNonNull(file, "file"), "model file"), this);
  }

  /**
   * Writes this model to an ONNX file, which replaces an older one of that name. It takes images as
   * float values from 0 to 1.
   *
   * @param file to write
   * @throws IllegalArgumentException if the path is empty
   * @throws ModelFileException if it cannot be written
   */
  public void saveOnnx(Path file) {
    saveOnnx(file, OnnxInput.UNIT);
  }

  /**
   * Writes this model to an ONNX file, which replaces an older one of that name.
   *
   * @param file to write
   * @param input what the file takes as an image
   * @throws IllegalArgumentException if the path is empty
   * @throws ModelFileException if it cannot be written
   */
  public void saveOnnx(Path file, OnnxInput input) {
    OnnxFile.save(
        OutputClaim.named(Objects.requireNonNull(file, "file"), "model file"),
        this,
        Objects.requireNonNull(input, "input"));
  }
}
