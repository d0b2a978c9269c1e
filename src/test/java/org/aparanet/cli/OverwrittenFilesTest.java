package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that would replace what a command reads, each refused before anything is done. */
class OverwrittenFilesTest {
  private static final String TWO_FILES = "options --%s and --%s both name %s; they need two files";
  private static final String OF_THE_SET =
      "option %s: %s is a file of the data set; name another file";

  @TempDir Path folder;

  private Path idx;
  private Path labels;
  private Path pictures;
  private Path picture;
  private Path model;

  @BeforeEach
  void makeInputs() throws IOException {
    idx = SmallSet.write(folder.resolve("idx"), 40, 20);
    Path plain = idx.resolve("t10k-labels-idx1-ubyte");
    labels = idx.resolve("t10k-labels-idx1-ubyte.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(labels))) {
      Files.copy(plain, out);
    }
    Files.delete(plain);
    pictures = folder.resolve("pictures");
    for (String name : SmallModel.CLASSES) {
      SmallModel.image(pictures.resolve(name).resolve("1.png"), true);
    }
    picture = pictures.resolve("cat").resolve("1.png");
    model = SmallModel.write(folder.resolve("model.part"));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "not everybody may make symbolic links there")
  void theModelToStartFromIsNoHistory() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), model);
    for (Path history : List.of(model, folder.resolve("model"), link)) {
      assertRefused(
          TWO_FILES.formatted("weights", "history", model),
          model,
          train("--weights", model, "--history", history));
    }
    assertRefused(
        "options --weights and --checkpoint: "
            + folder.resolve("best.safetensors")
            + " is a name that checkpoints have; name another file",
        model,
        train("--weights", folder.resolve("best.safetensors"), "--checkpoint", folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--output", "--history", "--html"})
  void aTrainingReplacesNoFileOfItsData(String option) throws IOException {
    for (Path own :
        List.of(
            labels,
            idx.resolve("train-images-idx3-ubyte"),
            idx.resolve("../idx/" + labels.getFileName()))) {
      assertRefused(OF_THE_SET.formatted(option, own), own, train(option, own));
    }
    assertRefused(
        OF_THE_SET.formatted(option, picture),
        picture,
        new Object[] {"train", "--data", pictures, option, picture});
  }

  /** By its unfinished file. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "not everybody may make symbolic links there")
  void aHistoryReplacesNoFileOfTheDataUnderAnotherName() throws IOException {
    Path part = Files.createSymbolicLink(folder.resolve("history.part"), labels);
    assertRefused(
        OF_THE_SET.formatted("--history", part),
        labels,
        train("--history", folder.resolve("history")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--html"})
  void aTestReplacesNoFileOfItsData(String option) throws IOException {
    assertRefused(
        OF_THE_SET.formatted(option, labels),
        labels,
        "evaluate",
        model,
        "--data",
        idx,
        option,
        labels);
    assertRefused(
        OF_THE_SET.formatted(option, picture),
        picture,
        "evaluate",
        model,
        "--data",
        pictures,
        "--all",
        option,
        picture);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--csv"})
  void predictionsReplaceNoImageThatTheyAreOf(String option) throws IOException {
    Path torn = Files.writeString(pictures.resolve("torn.JPG"), "no picture, and somebody's");
    Path unnamed = Files.copy(picture, pictures.resolve("unnamed"));
    for (Path image : List.of(picture, torn, unnamed)) {
      assertRefused(
          "option " + option + ": " + image + " is one of the given images; name another file",
          image,
          "predict",
          model,
          pictures,
          option,
          image);
    }
    assertRefused(
        OF_THE_SET.formatted(option, labels),
        labels,
        "predict",
        model,
        7,
        "--data",
        idx,
        option,
        labels);
  }

  @Test
  void aPageOfMapsReplacesNoImageThatItShows() throws IOException {
    assertRefused(
        "option --html: " + picture + " is one of the given images; name another file",
        picture,
        "look",
        model,
        pictures,
        "--html",
        picture);
  }

  /** As of an earlier run. */
  @Test
  void ownResultsInFoldersOfImagesAreWrittenAnew() {
    Path cat = pictures.resolve("cat");
    for (int run = 0; run < 2; run++) {
      assertDone("predict", model, pictures, "--csv", cat.resolve("out.csv"));
      assertDone(
          "evaluate",
          model,
          "--data",
          pictures,
          "--all",
          "--html",
          cat.resolve("page.html"),
          "--json",
          cat.resolve("out.json"));
      assertDone(
          train(
              "--output",
              idx.resolve("model.safetensors"),
              "--history",
              idx.resolve("run.jsonl"),
              "--html",
              idx.resolve("page.html")));
    }
  }

  private Object[] train(Object... options) {
    return Stream.concat(
            Stream.of(
                "train",
                "--data",
                idx,
                "--network",
                "pool 4, dense 4",
                "--epochs",
                1,
                "--device",
                "cpu"),
            Stream.of(options))
        .toArray();
  }

  private static void assertRefused(String sentence, Path kept, Object... arguments)
      throws IOException {
    byte[] before = Files.readAllBytes(kept);
    Run run = run(arguments);
    assertEquals(
        "aparanet: " + sentence + " (see aparanet " + arguments[0] + " --help)", run.err.strip());
    assertEquals(2, run.status);
    assertArrayEquals(before, Files.readAllBytes(kept));
  }

  private static void assertDone(Object... arguments) {
    Run run = run(arguments);
    assertEquals(0, run.status, run.err);
    assertTrue(run.err.contains("wrote "), run.err);
  }

  private static Run run(Object... arguments) {
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    return new Run(status, err.toString());
  }

  private record Run(int status, String err) {}
}
