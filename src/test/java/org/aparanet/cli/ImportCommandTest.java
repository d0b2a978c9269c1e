package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportCommandTest {
  private static final String FILE = "src/test/resources/pytorch/sequential-f16.safetensors";
  private static final String LAYERS =
      "conv 4 3 same nobias, batchnorm relu, pool 2, conv 5 3, leakyrelu 0.1, dropout 0.3, dense 3";

  @TempDir Path folder;

  private CommandRun run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("import", FILE, "--network", LAYERS, "--input", "3x8x8", "--output"));
    arguments.add(folder.resolve("model").toString());
    arguments.addAll(List.of(more));
    return main(arguments.toArray(String[]::new));
  }

  @Test
  void writesAModelAndTellsWhereTensorsWent() throws IOException {
    Path classes = Files.writeString(folder.resolve("classes"), "cat\ndog\nKatze, groß\n");
    CommandRun run =
        run("--classes", "" + classes, "--mean", "0.5,0.5,0.5", "--std", "0.25,0.25,0.25");

    assertEquals(0, run.status(), run.err());
    assertEquals("wrote " + folder.resolve("model"), run.err().strip());
    List<String> lines = run.out().lines().toList();
    assertEquals(9 + 1, lines.size());
    assertEquals("tensor          type   shape         became            layer", lines.get(0));
    assertEquals(
        "0.weight        F16    [4, 3, 3, 3]  0.weight          1 conv 4 3 same nobias",
        lines.get(1));
    Model model = ModelFile.load(folder.resolve("model"));
    assertEquals(LAYERS, model.network().text());
    assertEquals(List.of("cat", "dog", "Katze, groß"), model.classNames());
    assertEquals(0.25f, model.network().normalization().orElseThrow().std().get(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--mean 0.5,0.5,0.5 | 2 | option --mean needs --std, the standard deviations of the channels",
        "--std 1 | 2 | option --std needs --mean, the means of the channels",
        "--mean 0 --std 1 | 2 | options --mean and --std: a normalisation of 1 channels for images of"
            + " 3",
        "--mean 0,0,0 --std 1,1,0 | 2 | options --mean and --std: standard deviation 0.0 of channel"
            + " 2; it must be finite and above 0",
        "--classes nowhere | 1 | option --classes: nowhere does not exist",
      })
  void refusesOptions(String options, int status, String sentence) {
    CommandRun run = run(options.split(" "));

    assertEquals(status, run.status());
    String help = status == 2 ? " (see aparanet import --help)" : "";
    assertEquals("aparanet: " + sentence + help, run.err().strip());
    assertFalse(Files.exists(folder.resolve("model")));
  }

  @Test
  void aByteOrderMarkIsNoPartOfAName() throws IOException {
    Path classes = Files.writeString(folder.resolve("classes"), "\uFEFFcat\r\ndog\r\n");
    assertEquals(0, run("--classes", "" + classes).status());
    assertEquals(List.of("cat", "dog"), ModelFile.load(folder.resolve("model")).classNames());
    CommandRun same = run("--classes", "" + folder.resolve("model"));
    assertEquals(2, same.status());
    assertTrue(same.err().contains("options --classes and --output both name"), same.err());
  }

  @Test
  void refusesFilesOfClasses() throws IOException {
    Path classes = folder.resolve("classes");
    Files.writeString(classes, "a\nb\nc\nd\n");
    assertRefused(
        "option --classes: " + classes + " has 4 names, but the network has 3 outputs", classes);
    Files.writeString(classes, "a\n\nc\n");
    assertRefused(
        "option --classes: " + classes + ": line 2 is empty; each has the name of a class",
        classes);
    Files.writeString(classes, "");
    assertRefused(
        "option --classes: " + classes + ": is empty; each line has the name of a class", classes);
    Files.write(classes, "groß".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("option --classes: " + classes + ": is not text in UTF-8", classes);
    Files.write(classes, new byte[(1 << 20) + 1]);
    assertRefused(
        "option --classes: " + classes + ": has more than the 1048576 bytes that are read",
        classes);
    assertRefused("option --classes: /dev/zero is not a file", Path.of("/dev/zero"));
  }

  private void assertRefused(String sentence, Path classes) {
    CommandRun run = run("--classes", "" + classes);
    assertEquals("aparanet: " + sentence, run.err().strip());
    assertEquals(1, run.status());
    assertFalse(Files.exists(folder.resolve("model")));
  }

  /** A network that was made for one shape of images has it without being told. */
  @Test
  void takesTheUsualImagesAndClassesOfAResNet() throws IOException {
    Path classes = Files.writeString(folder.resolve("classes"), "cat\ndog\nbird\n");
    String file = "src/test/resources/pytorch/resnet20-f16.safetensors";
    String output = "" + folder.resolve("model");
    CommandRun run =
        main(
            "import", file, "--network", "resnet20", "--classes", "" + classes, "--output", output);

    assertEquals(0, run.status(), run.err());
    Model model = ModelFile.load(folder.resolve("model"));
    assertEquals(NamedNetwork.RESNET20.network(new Shape(3, 32, 32), 3), model.network());

    CommandRun ten = main("import", file, "--network", "ResNet20", "--output", output);
    assertEquals(1, ten.status());
    assertTrue(ten.err().endsWith("(dense 10) needs [10, 64]\n"), ten.err());
    CommandRun unknown = main("import", file, "--network", "lenet", "--output", output);
    assertEquals(2, unknown.status());
    assertEquals(
        "aparanet: option --network: \"lenet\" needs --input, the images that the network takes,"
            + " such as 3x32x32 (see aparanet import --help)",
        unknown.err().strip());
  }

  @Test
  void refusesAnotherNetworkAndItsOwnFile() {
    CommandRun other =
        main(
            "import",
            FILE,
            "--network",
            "lenet",
            "--input",
            "3x8x8",
            "--output",
            "" + folder.resolve("x"));
    assertEquals(2, other.status());
    CommandRun deep =
        main(
            "import",
            FILE,
            "--network",
            "dense 3",
            "--input",
            "3x8x8",
            "--output",
            "" + folder.resolve("x"));
    assertEquals(1, deep.status());
    assertTrue(
        deep.err()
            .startsWith(
                "aparanet: "
                    + FILE
                    + ": tensor \"1.weight\" has shape [4]; layer 1 (dense 3) needs [3, 192]"),
        deep.err());
    CommandRun same =
        main("import", "x", "--network", "dense 3", "--input", "3x8x8", "--output", "./x");
    assertEquals(2, same.status());
    assertTrue(same.err().contains("argument FILE and option --output both name"), same.err());
  }

  private static CommandRun main(String... arguments) {
    return CommandRun.of((Object[]) arguments);
  }
}
