package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.OnnxInput;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @TempDir Path folder;

  private Path file;
  private Path onnx;
  private Model model;

  @BeforeEach
  void saveAModel() {
    Network network = NetworkText.parse(new Shape(1, 8, 8), "conv 3 3 relu, pool 2, dense 2");
    model =
        new Model(network, Initialization.HE.draw(network, 1)).withClassNames(List.of("a", "b"));
    file = folder.resolve("model.safetensors");
    onnx = folder.resolve("model.onnx");
    model.save(file);
  }

  @Test
  void writesTheModelForValuesOrForBytes() throws IOException {
    Path expected = folder.resolve("expected.onnx");

    model.saveOnnx(expected);
    assertEquals(
        new CommandRun(0, "", "wrote " + onnx), run("export", "" + file, "--onnx", "" + onnx));
    assertEquals(-1, Files.mismatch(expected, onnx));

    model.saveOnnx(expected, OnnxInput.PIXELS);
    assertEquals(0, run("export", "" + file, "--pixels", "--onnx", "" + onnx).status());
    assertEquals(-1, Files.mismatch(expected, onnx));
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedBeforeTheModelIsRead() {
    Path missing = folder.resolve("missing").resolve("model.onnx");
    String refused = "aparanet: option --onnx: cannot write ";

    assertEquals(
        new CommandRun(1, "", refused + missing + ": there is no folder " + missing.getParent()),
        run("export", "no model", "--onnx", "" + missing));
    assertEquals(
        new CommandRun(1, "", refused + folder + ": that is a folder; it takes the name of a file"),
        run("export", "no model", "--onnx", "" + folder));
  }

  @Test
  void whatIsNoModelIsNamedAndLeavesAnOlderFileAsItWas() throws IOException {
    Files.writeString(onnx, "older");
    Path noModel = Files.writeString(folder.resolve("no-model"), "text");

    CommandRun run = run("export", "" + noModel, "--onnx", "" + onnx);

    assertEquals(1, run.status());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals(
        "aparanet: " + noModel + ":", run.err().substring(0, ("" + noModel).length() + 11));
    assertEquals("older", Files.readString(onnx));
    assertEquals(1, run("export", "" + folder.resolve("none"), "--onnx", "" + onnx).status());
    assertEquals("older", Files.readString(onnx));
  }

  @Test
  void theModelIsNotReplaced() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    byte[] before = Files.readAllBytes(file);

    CommandRun run = run("export", "" + file, "--onnx", "" + link);

    assertEquals(
        new CommandRun(
            2,
            "",
            "aparanet: argument MODEL and option --onnx both name "
                + link
                + "; they need two files (see aparanet export --help)"),
        run);
    assertFalse(Files.exists(onnx));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  private static CommandRun run(String... arguments) {
    CommandRun run = CommandRun.of((Object[]) arguments);
    return new CommandRun(run.status(), run.out(), run.err().strip());
  }
}
