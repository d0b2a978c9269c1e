package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Inference;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.safetensors.Safetensors;
import org.aparanet.model.safetensors.SafetensorsException;
import org.aparanet.model.safetensors.SafetensorsWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of PyTorch modules, which {@code pytorch/modules.py} made, and files with faults. */
class TensorImportTest {
  private static final Path FILES = Path.of("src/test/resources/pytorch");
  private static final Shape INPUT = new Shape(3, 8, 8);
  private static final PixelNormalization IMAGENET =
      new PixelNormalization(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));
  private static final Map<String, String> NETWORKS =
      Map.of(
          "sequential",
          "conv 4 3 same nobias, batchnorm relu, pool 2, conv 5 3, leakyrelu 0.1, dropout 0.3,"
              + " dense 3",
          "named",
          "conv 4 3 same nobias, batchnorm relu, [conv 4 3 same nobias, batchnorm relu, conv 4 3"
              + " same nobias, batchnorm] relu, [conv 4 3 same nobias, batchnorm relu, conv 4 3"
              + " same nobias, batchnorm] relu, globalpool, dense 3",
          "resnet20",
          NamedNetwork.RESNET20.text(3));

  @TempDir Path folder;

  private static Network network(String name) {
    return NetworkText.parse(INPUT, NETWORKS.get(name)).withNormalization(Optional.of(IMAGENET));
  }

  private static ImageSet images() {
    try (Safetensors file = Safetensors.open(FILES.resolve("expected.safetensors"))) {
      double[] pixels = file.doubles("pixels");
      byte[] bytes = new byte[pixels.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (int) pixels[i];
      }
      return new ImageSet("pixels", INPUT, bytes, new byte[] {0, 1, 2, 0}, 3);
    }
  }

  private static void assertLogits(String key, Model model) {
    float[] logits = new float[12];
    try (Inference inference =
        new CpuEngine(1).openInference(model.network(), model.parameters(), 4)) {
      inference.infer(images().pixels(), 4, logits);
    }
    try (Safetensors file = Safetensors.open(FILES.resolve("expected.safetensors"))) {
      double[] expected = file.doubles(key);
      double norm = Math.sqrt(Arrays.stream(expected).map(v -> v * v).sum() / expected.length);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], logits[i], 1e-5 * norm, key + " " + i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sequential, f32",
    "sequential, f16",
    "sequential, bf16",
    "sequential, f64",
    "named, f32",
    "named, f16",
    "named, bf16",
    "named, f64",
    "resnet20, f16"
  })
  void givesTheLogitsOfPyTorch(String name, String type) {
    String key = name + "-" + type;
    ImportedModel imported =
        Model.importTensors(FILES.resolve(key + ".safetensors"), network(name));
    assertLogits(key, imported.model());
    assertEquals(network(name).tensors().size(), imported.places().size());
  }

  @Test
  void tellsWhereTensorsWent() {
    ImportedModel imported =
        Model.importTensors(FILES.resolve("named-f32.safetensors"), network("named"));
    Map<String, String> places = new LinkedHashMap<>();
    imported.places().forEach(place -> places.put(place.to().name(), place.from().name()));
    assertEquals("conv1.weight", places.get("0.weight"));
    assertEquals("bn1.weight", places.get("1.weight"));
    assertEquals("layer2.0.conv2.weight", places.get("6.weight"));
    assertEquals("layer10.0.bn2.running_var", places.get("14.running_var"));
    assertEquals(1, imported.doubts().size());
    assertTrue(
        imported
            .doubts()
            .get(0)
            .endsWith(
                "modules \"bn1\", \"layer2.0.bn1\", \"layer2.0.bn2\", \"layer10.0.bn1\","
                    + " \"layer10.0.bn2\" have the same shapes, and were taken in the order of"
                    + " their names"),
        imported.doubts().get(0));
  }

  /** The file has them in alphabetical order, and many have the same shape. */
  @Test
  void theModulesOfANamedNetworkAreFoundByTheirNames() {
    ImportedModel imported =
        Model.importTensors(FILES.resolve("resnet20-f16.safetensors"), network("resnet20"));
    Map<String, String> places = new LinkedHashMap<>();
    imported.places().forEach(place -> places.put(place.to().name(), place.from().name()));
    assertEquals(List.of(), imported.doubts());
    assertEquals("conv1.weight", places.get("0.weight"));
    assertEquals("layer2.0.conv2.weight", places.get("27.weight"));
    assertEquals("layer2.0.downsample.0.weight", places.get("30.weight"));
    assertEquals("layer2.0.downsample.1.running_var", places.get("31.running_var"));
    assertEquals("layer3.2.bn2.bias", places.get("69.bias"));
    assertEquals("fc.weight", places.get("74.weight"));

    ModelFileException other =
        assertThrows(
            ModelFileException.class,
            () ->
                Model.importTensors(
                    FILES.resolve("resnet20-f16.safetensors"),
                    NamedNetwork.RESNET20.network(INPUT, 4)));
    assertTrue(
        other
            .getMessage()
            .endsWith("tensor \"fc.weight\" has shape [3, 64]; layer 74 (dense 4) needs [4, 64]"),
        other.getMessage());
  }

  /** With the metadata of the documentation, a state_dict is a model file as it is. */
  @Test
  void aStateDictWithMetadataIsAModelFile() {
    Model model = ModelFile.load(FILES.resolve("sequential-f32.safetensors"));
    assertEquals(network("sequential"), model.network());
    assertLogits("sequential-f32", model);
  }

  /** What PyTorch's {@code load_state_dict} asks for is there, but for the counters. */
  @Test
  void isTrainedFurtherAndSavedWithTheNamesOfPyTorch() {
    Path further = folder.resolve("further.safetensors");
    Model start = ModelFile.load(FILES.resolve("sequential-f32.safetensors"));
    Training.model(FILES.resolve("sequential-f32.safetensors"))
        .epochs(2)
        .batch(2)
        .device("cpu")
        .output(further)
        .run(new DataSet(images(), images()));
    try (Safetensors before = Safetensors.open(FILES.resolve("sequential-f32.safetensors"));
        Safetensors after = Safetensors.open(further)) {
      Set<String> names = new TreeSet<>(before.tensors().keySet());
      names.removeAll(after.tensors().keySet());
      assertEquals(Set.of("1.num_batches_tracked"), names);
      assertTrue(before.tensors().keySet().containsAll(after.tensors().keySet()));
      after
          .tensors()
          .forEach((name, t) -> assertEquals(before.tensors().get(name).shape(), t.shape()));
    }
    Model trained = ModelFile.load(further);
    assertEquals(start.network(), trained.network());
    assertTrue(!Arrays.equals(start.parameters(), trained.parameters()));
  }

  /** A file whose tensors stand in the order of the layers, whatever their names. */
  @Test
  void anOrderThatIsNotThatOfNamesCounts() {
    Network network = NetworkText.parse(new Shape(1, 1, 2), "dense 2, dense 2");
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Path file = folder.resolve("ordered.safetensors");
    new SafetensorsWriter()
        .tensor("stem.weight", List.of(2, 2), values, 0)
        .tensor("stem.bias", List.of(2), values, 4)
        .tensor("head.weight", List.of(2, 2), values, 6)
        .tensor("head.bias", List.of(2), values, 10)
        .write(file);
    ImportedModel imported = Model.importTensors(file, network);
    assertArrayEquals(values, imported.model().parameters());
    assertEquals(List.of(), imported.doubts());
    Path sorted = folder.resolve("sorted.safetensors");
    new SafetensorsWriter()
        .tensor("head.bias", List.of(2), values, 10)
        .tensor("head.weight", List.of(2, 2), values, 6)
        .tensor("stem.bias", List.of(2), values, 4)
        .tensor("stem.weight", List.of(2, 2), values, 0)
        .write(sorted);
    ImportedModel byName = Model.importTensors(sorted, network);
    assertEquals(7, byName.model().parameters()[0]);
    assertEquals(1, byName.doubts().size());
  }

  private String refusal(Map<String, List<Integer>> tensors, float value) {
    Network network = NetworkText.parse(new Shape(1, 4, 4), "conv 2 3, batchnorm, dense 3");
    Path file = folder.resolve("fault.safetensors");
    SafetensorsWriter writer = new SafetensorsWriter();
    float[] values = new float[100];
    Arrays.fill(values, value);
    tensors.forEach((name, shape) -> writer.tensor(name, shape, values, 0));
    writer.write(file);
    String message =
        assertThrows(ModelFileException.class, () -> Model.importTensors(file, network))
            .getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    return message.substring((file + ": ").length());
  }

  private static Map<String, List<Integer>> good(String first) {
    Map<String, List<Integer>> good = new LinkedHashMap<>();
    good.put(first + ".weight", List.of(2, 1, 3, 3));
    good.put(first + ".bias", List.of(2));
    for (String name : List.of("weight", "bias", "running_mean", "running_var")) {
      good.put("1." + name, List.of(2));
    }
    good.put("3.weight", List.of(3, 8));
    good.put("3.bias", List.of(3));
    return good;
  }

  @Test
  void namesWhatIsWrong() {
    Map<String, List<Integer>> tensors = good("0");
    tensors.put("0.weight", List.of(2, 1, 3, 2));
    assertEquals(
        "tensor \"0.weight\" has shape [2, 1, 3, 2]; layer 1 (conv 2 3) needs [2, 1, 3, 3]",
        refusal(tensors, 0));
    tensors = good("0");
    tensors.put("4.weight", List.of(1));
    assertEquals(
        "tensor \"4.weight\" of shape [1] belongs to no layer of the network \"conv 2 3, batchnorm,"
            + " dense 3\"",
        refusal(tensors, 0));
    tensors = good("conv");
    tensors.put("extra.weight", List.of(1));
    assertTrue(
        refusal(tensors, 0).startsWith("tensor \"extra.weight\" of shape [1] belongs to no"));
    tensors = good("conv");
    tensors.remove("3.bias");
    assertEquals(
        "layer 3 (dense 3) needs a module with bias [3], weight [3, 8], which the file lacks; the"
            + " next is \"3\" with weight [3, 8]",
        refusal(tensors, 0));
    assertEquals(
        "layer 1 (conv 2 3) needs a module with bias [2], weight [2, 1, 3, 3], which the file lacks;"
            + " none is left",
        refusal(Map.of(), 0));
    assertEquals(
        "tensor conv.weight holds NaN at element 0; all must be finite",
        refusal(good("conv"), Float.NaN));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e39, -1e300})
  void refusesDoublesThatAreNoFloats(double value) {
    byte[] data =
        ByteBuffer.allocate(24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putDouble(0)
            .putDouble(1)
            .putDouble(value)
            .array();
    String header =
        "{\"1.bias\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"1.weight\":{\"dtype\":\"F64\",\"shape\":[1,2],\"data_offsets\":[8,24]}}";
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8)).put(data).flip();
    Safetensors file = Safetensors.of("large", bytes);
    Network network = NetworkText.parse(new Shape(1, 1, 2), "dense 1");
    assertEquals(
        "large: tensor \"1.weight\" holds "
            + value
            + " at element 1, which is beyond the range of single precision",
        assertThrows(SafetensorsException.class, () -> TensorImport.read(file, network))
            .getMessage());
  }

  @Test
  void whatAModelKnowsBesideItsTensorsIsTakenOver() {
    Shape input = new Shape(3, 8, 8);
    Network own =
        NetworkText.parse(input, "conv 2 3 relu, dense 3").withNormalization(Optional.of(IMAGENET));
    Path file = folder.resolve("own.safetensors");
    new Model(own, Initialization.HE.draw(own, 1), List.of("a", "b", "c")).save(file);

    ImportedModel same =
        Model.importTensors(file, NetworkText.parse(input, "conv 2 3 relu, dense 3"));
    assertEquals(own, same.model().network());
    assertEquals(List.of("a", "b", "c"), same.model().classNames());
    assertEquals(List.of(), same.doubts());

    PixelNormalization other = new PixelNormalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
    ImportedModel others =
        Model.importTensors(
            file,
            NetworkText.parse(input, "conv 2 3, leakyrelu 0.1, dense 3")
                .withNormalization(Optional.of(other)));
    assertEquals(Optional.of(other), others.model().network().normalization());
    assertEquals(
        List.of(
            file + ": is a model of the network \"conv 2 3 relu, dense 3\", not of the given",
            file + ": its own mean and std are not used, as others are given"),
        others.doubts());
  }

  @Test
  void aFileOfAnotherFormatIsNamed() throws IOException {
    assertForeign("PK\u0003\u0004\u0000\u0000\u0008\u0008", "a file of PyTorch's torch.save,");
    assertForeign("\u0089PNG\r\n\u001a\n", "a PNG image,");
    assertForeign("\u00ff\u00d8\u00ff\u00e0\u0000\u0010JF", "a JPEG image,");
    assertForeign("\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000", "a file compressed by gzip,");
  }

  private void assertForeign(String beginning, String name) throws IOException {
    Path file = folder.resolve("foreign");
    Files.write(file, (beginning + "and more").getBytes(StandardCharsets.ISO_8859_1));
    String message =
        assertThrows(
                ModelFileException.class,
                () -> Model.importTensors(file, NetworkText.parse(INPUT, "dense 3")))
            .getMessage();
    assertTrue(message.startsWith(file + ": is " + name + " not a safetensors file"), message);
  }
}
