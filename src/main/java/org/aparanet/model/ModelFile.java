package org.aparanet.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aparanet.model.safetensors.Dtype;
import org.aparanet.model.safetensors.Quote;
import org.aparanet.model.safetensors.Safetensors;
import org.aparanet.model.safetensors.SafetensorsException;
import org.aparanet.model.safetensors.SafetensorsWriter;
import org.aparanet.model.safetensors.StateDict;
import org.aparanet.model.safetensors.TensorEntry;

/**
 * Models as safetensors files: F32 tensors under the names that a PyTorch {@code nn.Sequential} of
 * the same layers gives them, and in the metadata what is needed to use them. docs/model-files.md
 * describes the format for other programs.
 */
public final class ModelFile {
  private static final String NETWORK = "aparanet.network";
  private static final String INPUT = "aparanet.input";
  private static final String PIXEL_SCALE = "aparanet.pixel_scale";
  private static final String VERSION = "aparanet.version";
  private static final String MEAN = "aparanet.mean";
  private static final String STD = "aparanet.std";
  private static final String CLASSES = "aparanet.classes";

  /**
   * Metadata that says that a file is a checkpoint: a model, and what its training needs beside.
   */
  public static final String CHECKPOINT = "aparanet.checkpoint";

  /** Begins the names of a checkpoint's tensors that are not the model's. */
  public static final String CHECKPOINT_PREFIX = "checkpoint.";

  private static final String BYTES_TO_UNIT = "1/255";
  private static final String CURRENT = "1";
  private static final String NORMALIZED = "2"; // version of files with mean and standard deviation

  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,8})x([0-9]{1,8})x([0-9]{1,8})");

  private ModelFile() {}

  /**
   * Writes a model; an older file of that name is replaced at once, or kept if this fails.
   *
   * @param file to write
   * @param model to write
   * @throws ModelFileException if the file cannot be written, or a parameter is not finite
   */
  public static void save(Path file, Model model) {
    try {
      writer(file.toString(), model).write(file);
    } catch (SafetensorsException e) {
      throw new ModelFileException(e.getMessage(), e);
    }
  }

  /**
   * {@return a model to write, to which more can be added}
   *
   * @param name what to call the file in messages
   * @param model to write
   * @throws ModelFileException if a parameter is not finite
   */
  public static SafetensorsWriter writer(String name, Model model) {
    Network network = model.network();
    SafetensorsWriter writer =
        new SafetensorsWriter().metadata("format", "pt"); // PyTorch's tools ask for it
    metadata(model).forEach(writer::metadata);
    for (Network.Tensor tensor : network.tensors()) {
      requireFinite(name, tensor.name(), tensor, model.parameters());
      writer.tensor(tensor.name(), tensor.dimensions(), model.parameters(), tensor.offset());
    }
    return writer;
  }

  /** What a file tells of a model beside its parameters, in the order in which it is written. */
  static Map<String, String> metadata(Model model) {
    Network network = model.network();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(VERSION, network.normalization().isPresent() ? NORMALIZED : CURRENT);
    metadata.put(NETWORK, network.text());
    metadata.put(INPUT, input(network));
    metadata.put(PIXEL_SCALE, BYTES_TO_UNIT);
    network
        .normalization()
        .ifPresent(
            n -> {
              metadata.put(MEAN, new ChannelValues(n.mean()).toString());
              metadata.put(STD, new ChannelValues(n.std()).toString());
            });
    if (!model.classNames().isEmpty()) {
      metadata.put(CLASSES, ClassNames.text(model.classNames()));
    }
    return metadata;
  }

  /** Shape of a network's images, such as {@code 1x28x28}. */
  static String input(Network network) {
    Shape input = network.input();
    return input.channels() + "x" + input.height() + "x" + input.width();
  }

  /**
   * Reads a model.
   *
   * @param file of the model
   * @return the model
   * @throws ModelFileException if the file cannot be read or is not a whole, finite model
   */
  public static Model load(Path file) {
    try (Safetensors tensors = Safetensors.open(file)) {
      return read(tensors);
    } catch (SafetensorsException e) {
      throw new ModelFileException(e.getMessage(), e);
    }
  }

  /**
   * Reads the tensors of a PyTorch {@code state_dict} as the parameters of a network.
   *
   * @param file as {@code safetensors.torch.save_file} writes it
   * @param network whose parameters they are
   * @return the model, and where each tensor went
   * @throws ModelFileException if a tensor is missing, superfluous, of another shape or not finite
   */
  static ImportedModel importTensors(Path file, Network network) {
    try (Safetensors tensors = Safetensors.open(file)) {
      return tensors.metadata().containsKey(VERSION)
          ? importModel(tensors, network)
          : TensorImport.read(tensors, network);
    } catch (SafetensorsException e) {
      throw new ModelFileException(e.getMessage(), e);
    }
  }

  /** Imports a file that is a model itself: what it knows beside its tensors is taken over. */
  private static ImportedModel importModel(Safetensors file, Network network) {
    Network own = network(file);
    Optional<PixelNormalization> normalization =
        network.normalization().isPresent() ? network.normalization() : own.normalization();
    ImportedModel imported;
    try {
      imported = TensorImport.read(file, network.withNormalization(normalization));
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(file.name() + ": is a model whose " + e.getMessage(), e);
    }
    List<String> names = classNames(file, own.classes());
    boolean named = names.size() <= network.classes();
    List<String> doubts = new ArrayList<>(imported.doubts());
    if (!network.hasLayersOf(own)) {
      doubts.add(
          file.name() + ": is a model of the network \"" + own.text() + "\", not of the given");
    }
    if (!normalization.equals(own.normalization())) {
      doubts.add(file.name() + ": its own mean and std are not used, as others are given");
    }
    if (!named) {
      doubts.add(
          file.name()
              + ": its "
              + names.size()
              + " names of classes are left out, as the network has "
              + network.classes()
              + " outputs");
    }
    Model model = imported.model().withClassNames(named ? names : List.of());
    return new ImportedModel(model, imported.places(), List.copyOf(doubts));
  }

  /**
   * Reads a model from an open file.
   *
   * @param file that is open
   * @return the model
   * @throws ModelFileException if it is not a whole, finite model
   * @throws SafetensorsException if a tensor cannot be read
   */
  public static Model read(Safetensors file) {
    Network network = network(file);
    for (Network.Tensor tensor : network.tensors()) {
      requireEntry(file, tensor);
    }
    requireNoOthers(file, network);
    float[] parameters = new float[network.parameterCount()];
    for (Network.Tensor tensor : network.tensors()) {
      file.floats(tensor.name(), parameters, tensor.offset());
      requireFinite(file.name(), tensor.name(), tensor, parameters);
    }
    return new Model(network, parameters, classNames(file, network.classes()));
  }

  private static Network network(Safetensors file) {
    requireVersion(file);
    requireValue(file, PIXEL_SCALE, BYTES_TO_UNIT);
    String input = metadata(file, INPUT);
    String text = metadata(file, NETWORK);
    Matcher sides = SHAPE.matcher(input);
    if (!sides.matches()) {
      throw refused(file, INPUT, input, "channels x height x width, such as 1x28x28");
    }
    if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw refused(file, NETWORK, text, "printable ASCII");
    }
    try {
      Shape shape =
          new Shape(
              Integer.parseInt(sides.group(1)),
              Integer.parseInt(sides.group(2)),
              Integer.parseInt(sides.group(3)));
      Network layers = NetworkText.parse(shape, text);
      Optional<PixelNormalization> normalization = normalization(file);
      return normalization.isPresent() ? layers.withNormalization(normalization) : layers;
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(
          file.name() + ": the network in the metadata cannot be used: " + e.getMessage(), e);
    }
  }

  private static void requireVersion(Safetensors file) {
    String version = metadata(file, VERSION);
    if (!version.equals(CURRENT) && !version.equals(NORMALIZED)) {
      throw refused(file, VERSION, version, CURRENT + " or " + NORMALIZED);
    }
  }

  private static Optional<PixelNormalization> normalization(Safetensors file) {
    if (metadata(file, VERSION).equals(NORMALIZED)) {
      return Optional.of(new PixelNormalization(numbers(file, MEAN), numbers(file, STD)));
    }
    for (String name : List.of(MEAN, STD)) {
      if (file.metadata().containsKey(name)) {
        throw new ModelFileException(
            file.name()
                + ": has "
                + name
                + " in its metadata, which belongs to "
                + VERSION
                + " "
                + NORMALIZED
                + ", but it is of "
                + CURRENT);
      }
    }
    return Optional.empty();
  }

  private static List<Float> numbers(Safetensors file, String name) {
    String text = metadata(file, name);
    try {
      return ChannelValues.parse(text).values();
    } catch (IllegalArgumentException e) {
      throw refused(file, name, text, "a number for each channel, separated by commas");
    }
  }

  private static void requireNoOthers(Safetensors file, Network network) {
    Set<String> known =
        network.tensors().stream().map(Network.Tensor::name).collect(Collectors.toSet());
    known.addAll(network.tensors().stream().map(ModelFile::counter).toList());
    boolean checkpoint = file.metadata().containsKey(CHECKPOINT);
    for (String name : file.tensors().keySet()) {
      if (!known.contains(name) && !(checkpoint && name.startsWith(CHECKPOINT_PREFIX))) {
        throw new ModelFileException(
            file.name()
                + ": tensor "
                + Quote.of(name)
                + " belongs to no layer of the network \""
                + network.text()
                + "\"");
      }
    }
  }

  /** What PyTorch counts beside a tensor of a batch normalisation; nothing here needs it. */
  private static String counter(Network.Tensor tensor) {
    String name = tensor.name();
    boolean normalizes = name.endsWith(".running_mean");
    return normalizes ? name.substring(0, name.lastIndexOf('.') + 1) + StateDict.COUNTER : name;
  }

  /** They may be missing: not every data set has them, and older files never do. */
  private static List<String> classNames(Safetensors file, int classes) {
    String text = file.metadata().get(CLASSES);
    if (text == null) {
      return List.of();
    }
    try {
      return ClassNames.parse(text, classes);
    } catch (IllegalArgumentException e) {
      throw refused(file, CLASSES, text, "a JSON array of at most " + classes + " strings");
    }
  }

  private static void requireEntry(Safetensors file, Network.Tensor tensor) {
    TensorEntry entry = file.tensors().get(tensor.name());
    if (entry == null) {
      throw new ModelFileException(
          file.name() + ": has no tensor " + tensor.name() + ", which its network needs");
    }
    if (entry.dtype() != Dtype.F32 || !entry.shape().equals(tensor.dimensions())) {
      throw new ModelFileException(
          file.name()
              + ": tensor "
              + tensor.name()
              + " is "
              + entry.dtype()
              + " of shape "
              + entry.shape()
              + "; its network needs F32 of shape "
              + tensor.dimensions());
    }
  }

  /**
   * @param file what to call the file in messages
   * @param name what the file calls the tensor
   * @throws ModelFileException if an element of the tensor is not finite
   */
  static void requireFinite(String file, String name, Network.Tensor tensor, float[] parameters) {
    for (int i = 0; i < tensor.size(); i++) {
      float value = parameters[tensor.offset() + i];
      if (!Float.isFinite(value)) {
        throw new ModelFileException(
            file
                + ": tensor "
                + Quote.plain(name)
                + " holds "
                + value
                + " at element "
                + i
                + "; all must be finite");
      }
    }
  }

  private static void requireValue(Safetensors file, String name, String expected) {
    String value = metadata(file, name);
    if (!value.equals(expected)) {
      throw refused(file, name, value, expected);
    }
  }

  private static String metadata(Safetensors file, String name) {
    String value = file.metadata().get(name);
    if (value == null) {
      throw new ModelFileException(
          file.name()
              + ": has no "
              + name
              + " in its metadata, so it is not a model file"
              + (name.equals(VERSION)
                  ? "; the command import makes one of PyTorch's tensors"
                  : ""));
    }
    return value;
  }

  private static ModelFileException refused(
      Safetensors file, String name, String value, String expected) {
    return new ModelFileException(
        file.name()
            + ": has "
            + name
            + " "
            + Quote.of(value)
            + " in its metadata; expected is "
            + expected);
  }
}
