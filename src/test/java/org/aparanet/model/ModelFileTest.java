package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.aparanet.model.safetensors.Safetensors;
import org.aparanet.model.safetensors.SafetensorsWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  private static final Shape INPUT = new Shape(2, 5, 4);
  private static final String SMALL = "conv 3 3 nobias relu, dense 2";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("model.safetensors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv 3 3 nobias relu, dense 2",
        "dense 3 relu, dense 2",
        "conv 3 3x2 stride 2 pad 1 relu, pool 2 stride 1, relu, dense 7, dense 2"
      })
  void whatIsSavedIsLoaded(String text) {
    Model model = model(text);
    ModelFile.save(file, model);
    Model loaded = ModelFile.load(file);
    assertEquals(model.network(), loaded.network());
    assertArrayEquals(model.parameters(), loaded.parameters());
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    ModelFile.save(file, model(SMALL));
    Path second = folder.resolve("second.safetensors");
    ModelFile.save(second, model(SMALL));
    assertEquals(-1, Files.mismatch(file, second));
  }

  @Test
  void metadataAndTensorsAreThoseOfTheDocumentation() {
    ModelFile.save(file, model(SMALL));
    try (Safetensors saved = Safetensors.open(file)) {
      assertEquals(
          Map.of(
              "format", "pt",
              "aparanet.version", "1",
              "aparanet.network", SMALL,
              "aparanet.input", "2x5x4",
              "aparanet.pixel_scale", "1/255"),
          saved.metadata());
      assertEquals(
          List.of("0.weight", "3.weight", "3.bias"), List.copyOf(saved.tensors().keySet()));
      assertEquals(List.of(3, 2, 3, 3), saved.tensors().get("0.weight").shape());
      assertEquals(List.of(2, 18), saved.tensors().get("3.weight").shape());
    }
  }

  @ParameterizedTest(name = "[{index}] {1}")
  @MethodSource("spoiled")
  void refuses(Consumer<Parts> spoil, String message) {
    Parts parts = new Parts(model(SMALL));
    spoil.accept(parts);
    parts.write(file);
    assertRefused(file + ": " + message, () -> ModelFile.load(file));
  }

  static Stream<Arguments> spoiled() {
    return Stream.of(
        spoiledMetadata(
            "aparanet.version",
            null,
            missing("aparanet.version") + "; the command import makes one of PyTorch's tensors"),
        spoiledMetadata("aparanet.network", null, missing("aparanet.network")),
        spoiledMetadata("aparanet.input", null, missing("aparanet.input")),
        spoiledMetadata("aparanet.pixel_scale", null, missing("aparanet.pixel_scale")),
        spoiledMetadata(
            "aparanet.version",
            "3",
            "has aparanet.version \"3\" in its metadata; expected is 1 or 2"),
        spoiledMetadata(
            "aparanet.pixel_scale",
            "1/256",
            "has aparanet.pixel_scale \"1/256\" in its metadata; expected is 1/255"),
        spoiledMetadata(
            "aparanet.input",
            "2x5",
            "has aparanet.input \"2x5\" in its metadata; expected is channels x height x width,"
                + " such as 1x28x28"),
        spoiledMetadata(
            "aparanet.input",
            "2x5x-4",
            "has aparanet.input \"2x5x-4\" in its metadata; expected is channels x height x width,"
                + " such as 1x28x28"),
        spoiledMetadata(
            "aparanet.input",
            "2x0x4",
            "the network in the metadata cannot be used: shape 2x0x4 has a dimension below 1; each"
                + " must be at least 1"),
        spoiledMetadata(
            "aparanet.network",
            "conv 3 3 nobais relu, dense 2",
            "the network in the metadata cannot be used: word \"nobais\" at character 10 of the"
                + " network's text: expected a comma or the end"),
        spoiledMetadata(
            "aparanet.network",
            "dense\u001b[2J 2",
            "has aparanet.network \"dense?[2J 2\" in its metadata; expected is printable ASCII"),
        spoiledMetadata(
            "aparanet.network",
            "conv 3 9, dense 2",
            "the network in the metadata cannot be used: layer 1 (conv 3 9): conv of size 9 does"
                + " not fit into an input of height 5"),
        // a network of a gigabyte that the file does not hold
        spoiledMetadata(
            "aparanet.network",
            "dense 6000000, dense 2",
            "has no tensor 1.weight, which its network needs"),
        arguments(
            (Consumer<Parts>) parts -> parts.tensors.remove("3.bias"),
            "has no tensor 3.bias, which its network needs"),
        arguments(
            (Consumer<Parts>) parts -> parts.tensors.put("4.weight", List.of(1)),
            "tensor \"4.weight\" belongs to no layer of the network \"" + SMALL + "\""),
        arguments(
            (Consumer<Parts>) parts -> parts.tensors.put("checkpoint.first_moments", List.of(1)),
            "tensor \"checkpoint.first_moments\" belongs to no layer of the network \""
                + SMALL
                + "\""),
        arguments(
            (Consumer<Parts>) parts -> parts.tensors.put("3.weight", List.of(18, 2)),
            "tensor 3.weight is F32 of shape [18, 2]; its network needs F32 of shape [2, 18]"),
        arguments(
            (Consumer<Parts>) parts -> parts.tensors.put("3.bias", List.of(2, 1)),
            "tensor 3.bias is F32 of shape [2, 1]; its network needs F32 of shape [2]"),
        arguments(
            (Consumer<Parts>) parts -> parts.values[53] = Float.NaN,
            "tensor 0.weight holds NaN at element 53; all must be finite"),
        arguments(
            (Consumer<Parts>) parts -> parts.values[54 + 36 + 1] = Float.NEGATIVE_INFINITY,
            "tensor 3.bias holds -Infinity at element 1; all must be finite"));
  }

  @Test
  void refusesOtherDtypes() throws IOException {
    ModelFile.save(file, model(SMALL));
    byte[] bytes = Files.readAllBytes(file);
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    Files.write(file, latin.replaceFirst("F32", "I32").getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(
        file
            + ": tensor 0.weight is I32 of shape [3, 2, 3, 3]; its network needs F32 of shape"
            + " [3, 2, 3, 3]",
        () -> ModelFile.load(file));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    ModelFile.save(file, model(SMALL));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(ModelFileException.class, () -> ModelFile.load(file));
    }
  }

  @Test
  void refusesMissingAndForeignFiles() throws IOException {
    assertRefused(file + ": there is no such file", () -> ModelFile.load(file));
    Files.writeString(file, "P5 28 28 255");
    assertRefused(
        file
            + ": says that its header has 4049334440690726224 bytes; allowed are at most 4, the"
            + " rest of the file",
        () -> ModelFile.load(file));
  }

  @Test
  void keepsTheNormalization() {
    Model plain = model(SMALL);
    PixelNormalization normalization =
        new PixelNormalization(List.of(0.1307f, 1e-7f), List.of(0.3081f, 1f));
    Network network = plain.network().withNormalization(Optional.of(normalization));
    ModelFile.save(file, new Model(network, plain.parameters()));
    assertEquals(network, ModelFile.load(file).network());
    assertNotEquals(plain.network(), ModelFile.load(file).network());
    try (Safetensors tensors = Safetensors.open(file)) {
      assertEquals("2", tensors.metadata().get("aparanet.version"));
      assertEquals("0.1307,1.0E-7", tensors.metadata().get("aparanet.mean"));
      assertEquals("0.3081,1.0", tensors.metadata().get("aparanet.std"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | 1,1 | has no aparanet.mean in its metadata, so it is not a model file",
        "0,0 | - | has no aparanet.std in its metadata, so it is not a model file",
        "0,x | 1,1 | has aparanet.mean \"0,x\" in its metadata; expected is a number for each"
            + " channel, separated by commas",
        "0,NaN | 1,1 | has aparanet.mean \"0,NaN\" in its metadata; expected is a number for each"
            + " channel, separated by commas",
        "0,0,0 | 1,1,1 | the network in the metadata cannot be used: a normalisation of 3 channels"
            + " for images of 2",
        "0,0 | 1,0 | the network in the metadata cannot be used: standard deviation 0.0 of channel"
            + " 1; it must be finite and above 0"
      })
  void refusesNormalizations(String mean, String std, String reason) {
    Parts parts = new Parts(model(SMALL));
    parts.metadata.put("aparanet.version", "2");
    if (mean != null) {
      parts.metadata.put("aparanet.mean", mean);
    }
    if (std != null) {
      parts.metadata.put("aparanet.std", std);
    }
    parts.write(file);
    assertRefused(file + ": " + reason, () -> ModelFile.load(file));
  }

  @Test
  void aModelThatIsNotFiniteIsNotSaved() {
    Model good = model(SMALL);
    ModelFile.save(file, good);
    Model bad = new Model(good.network(), good.parameters().clone());
    bad.parameters()[54] = Float.POSITIVE_INFINITY;
    assertRefused(
        file + ": tensor 3.weight holds Infinity at element 0; all must be finite",
        () -> ModelFile.save(file, bad));
    assertArrayEquals(good.parameters(), ModelFile.load(file).parameters());
  }

  @Test
  void aFailedSaveLeavesNothingBehind() throws IOException {
    Path directory = Files.createDirectory(file);
    Files.createFile(directory.resolve("content"));
    assertRefused(
        file + ": cannot be written (it is a folder)", () -> ModelFile.save(file, model(SMALL)));
    Path missing = folder.resolve("none").resolve("model.safetensors");
    assertRefused(
        missing + ": cannot be written (the folder " + missing.getParent() + " does not exist)",
        () -> ModelFile.save(missing, model(SMALL)));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void namesOfClassesComeBackWhateverIsInThem() {
    List<String> names = List.of("a \"cat\", [", "\u001b[31m\u00e9\ud83d\udc08");
    ModelFile.save(file, model(SMALL).withClassNames(names));
    assertEquals(names, ModelFile.load(file).classNames());
    ModelFile.save(file, model(SMALL).withClassNames(List.of("only the first")));
    assertEquals(List.of("only the first"), ModelFile.load(file).classNames());
    ModelFile.save(file, model(SMALL));
    assertEquals(List.of(), ModelFile.load(file).classNames());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cat",
        "[\"a\"",
        "[\"a\", 1]",
        "[\"a\", \"b\", \"c\"]",
        "[\"a\"] []",
        "{}",
        "[a]"
      })
  void namesOfClassesThatAreNoArrayOfStringsAreRefused(String text) {
    Parts parts = new Parts(model(SMALL));
    parts.metadata.put("aparanet.classes", text);
    parts.write(file);
    assertRefused(
        file
            + ": has aparanet.classes \""
            + text
            + "\" in its metadata; expected is a JSON array of at most 2 strings",
        () -> ModelFile.load(file));
  }

  @Test
  void whatCouldNotBeReadAgainIsNotWritten() {
    Network network = NetworkText.parse(new Shape(1, 1, 1), "dense 2");
    Path file = folder.resolve("long");
    Model model = new Model(network, new float[4], List.of("a".repeat(1 << 24)));

    String message = assertThrows(ModelFileException.class, () -> model.save(file)).getMessage();

    assertTrue(message.startsWith(file + ": would have a header of "), message);
    assertTrue(Files.notExists(file));
    assertEquals(
        "the name of class 0 has half of a surrogate pair, which is no character",
        assertThrows(IllegalArgumentException.class, () -> model.withClassNames(List.of("\ud800")))
            .getMessage());
  }

  @Test
  void aNormalizationOfAFileWithoutOneIsRefused() {
    Network network = NetworkText.parse(new Shape(1, 1, 1), "dense 2");
    Path file = folder.resolve("m");
    ModelFile.writer("m", new Model(network, new float[4]))
        .metadata("aparanet.mean", "0.5")
        .write(file);

    assertEquals(
        file
            + ": has aparanet.mean in its metadata, which belongs to aparanet.version 2, but it is"
            + " of 1",
        assertThrows(ModelFileException.class, () -> ModelFile.load(file)).getMessage());
  }

  @Test
  void aModelHasNoMoreNamesThanClasses() {
    Model model = model(SMALL);
    assertEquals(
        "3 names of classes for a network that has 2 classes",
        assertThrows(
                IllegalArgumentException.class, () -> model.withClassNames(List.of("a", "b", "c")))
            .getMessage());
  }

  @Test
  void aModelHasItsNetworksNumberOfParameters() {
    Network network = NetworkText.parse(INPUT, SMALL);
    assertEquals(
        "91 parameters for a network that has 92",
        assertThrows(IllegalArgumentException.class, () -> new Model(network, new float[91]))
            .getMessage());
  }

  private static Model model(String text) {
    Network network = NetworkText.parse(INPUT, text);
    return new Model(network, Initialization.HE.draw(network, 3));
  }

  private static String missing(String name) {
    return "has no " + name + " in its metadata, so it is not a model file";
  }

  private static Arguments spoiledMetadata(String name, String value, String message) {
    Consumer<Parts> spoil =
        parts -> {
          if (value == null) {
            parts.metadata.remove(name);
          } else {
            parts.metadata.put(name, value);
          }
        };
    return arguments(spoil, message);
  }

  private static void assertRefused(String message, Runnable refused) {
    assertEquals(message, assertThrows(ModelFileException.class, refused::run).getMessage());
  }

  /** A model file's content, to be spoiled before it is written. */
  private static final class Parts {
    final Map<String, String> metadata = new TreeMap<>();
    final Map<String, List<Integer>> tensors = new TreeMap<>();
    final float[] values;
    private final Map<String, Integer> offsets = new TreeMap<>();

    Parts(Model model) {
      metadata.put("aparanet.version", "1");
      metadata.put("aparanet.network", model.network().text());
      metadata.put("aparanet.input", "2x5x4");
      metadata.put("aparanet.pixel_scale", "1/255");
      values = model.parameters().clone();
      for (Network.Tensor tensor : model.network().tensors()) {
        tensors.put(tensor.name(), tensor.dimensions());
        offsets.put(tensor.name(), tensor.offset());
      }
    }

    void write(Path file) {
      SafetensorsWriter writer = new SafetensorsWriter();
      metadata.forEach(writer::metadata);
      tensors.forEach(
          (name, shape) -> writer.tensor(name, shape, values, offsets.getOrDefault(name, 0)));
      writer.write(file);
    }
  }
}
