package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aparanet.ChildJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data sets for which the heap has no room, as far as a limit of nothing makes them such. */
@Tag("long")
class LargeDataTest {
  @TempDir Path folder;

  private List<String> options(boolean inFile) {
    List<String> options =
        new ArrayList<>(
            List.of("-Xmx256m", "-XX:+UseG1GC", "--add-modules", "jdk.incubator.vector"));
    options.add("-Daparanet.data.pixels=" + pixels());
    if (inFile) {
      options.add("-Daparanet.data.memory=0");
    }
    return options;
  }

  private Path pixels() {
    return folder.resolve("pixels");
  }

  private ChildJvm.Outcome run(boolean inFile, String... arguments) throws Exception {
    return ChildJvm.run(options(inFile), Map.of(), Main.class.getName(), List.of(arguments));
  }

  private String[] training(Path data, String device, String changes, String model) {
    List<String> arguments = new ArrayList<>(List.of("train", "--data", "" + data));
    arguments.addAll(List.of("--device", device, "--seed", "3", "--epochs", "4"));
    arguments.addAll(List.of("--network", "conv 4 3 relu, pool 2, dense 4", "--batch", "7"));
    arguments.addAll(List.of("--normalize", "--validation", "0.2", "--optimizer", "adam"));
    if (!changes.isEmpty()) {
      arguments.addAll(List.of("--augment", changes));
    }
    arguments.addAll(List.of("--output", "" + folder.resolve(model)));
    return arguments.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({"cpu, ''", "cpu, 'shift 1, flip'", "opencl:0, ''", "opencl:0, 'shift 1, flip'"})
  void aTrainingComesToTheSameModel(String device, String changes) throws Exception {
    Path data = SmallSet.write(folder.resolve("quarters"), 300, 60);

    ChildJvm.Outcome memory = run(false, training(data, device, changes, "memory"));
    ChildJvm.Outcome file = run(true, training(data, device, changes, "file"));

    assertEquals(0, memory.status(), memory.err());
    assertEquals(0, file.status(), file.err());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("memory")), Files.readAllBytes(folder.resolve("file")));
    assertTrue(
        file.err()
            .contains(
                "quarters train: more than Java's heap has room for, so that the pixels are in "
                    + pixels()),
        file.err());
    assertTrue(!memory.err().contains("" + pixels()), memory.err());
    for (String[] more : new String[][] {{}, {"--shifts", "1"}, {"--all"}}) {
      List<String> evaluation =
          new ArrayList<>(List.of("evaluate", "" + folder.resolve("file"), "--data", "" + data));
      evaluation.addAll(List.of("--device", device));
      evaluation.addAll(List.of(more));
      String[] arguments = evaluation.toArray(String[]::new);
      String expected = run(false, arguments).out();
      assertTrue(expected.contains("%"), expected);
      assertEquals(withoutTimes(expected), withoutTimes(run(true, arguments).out()));
    }
  }

  private static String withoutTimes(String text) {
    return text.replaceAll("[0-9.,]+ (s|images/s)\\b", "");
  }

  /** Begun from the file, killed, and gone on with from memory: the digests of the images agree. */
  @Test
  void aKilledTrainingGoesOnWhereverThePixelsAre() throws Exception {
    Path data = SmallSet.write(folder.resolve("quarters"), 600, 40);
    List<String> begin = new ArrayList<>(List.of(training(data, "cpu", "shift 1", "killed")));
    begin.set(begin.indexOf("--epochs") + 1, "40");
    List<String> expected = new ArrayList<>(begin);
    expected.set(expected.size() - 1, "" + folder.resolve("expected"));
    assertEquals(0, run(false, expected.toArray(String[]::new)).status());
    Path kept = folder.resolve("kept");
    begin.addAll(List.of("--checkpoint", "" + kept, "--checkpoint-every", "50"));

    Process process = ChildJvm.start(options(true), Main.class.getName(), begin);
    for (int kill = 0; kill < 2; kill++) {
      String before = newest(kept);
      while (newest(kept).compareTo(before) <= 0) {
        assertTrue(process.isAlive(), "ended before it was killed: make the training longer");
        TimeUnit.MILLISECONDS.sleep(5);
      }
      process.destroyForcibly().waitFor();
      process =
          ChildJvm.start(
              options(kill == 0), Main.class.getName(), List.of("train", "--resume", "" + kept));
    }
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));

    assertEquals(0, process.exitValue());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("expected")),
        Files.readAllBytes(folder.resolve("killed")));
  }

  private static String newest(Path kept) throws IOException {
    if (!Files.isDirectory(kept)) {
      return "";
    }
    try (Stream<Path> files = Files.list(kept)) {
      return files
          .map(file -> "" + file.getFileName())
          .filter(name -> name.matches("[a-z-]*[0-9]+\\.safetensors"))
          .max(String::compareTo)
          .orElse("");
    }
  }

  @Test
  void whatIsKeptIsListedAndCleared() throws Exception {
    assertEquals(
        "there is nothing to remove in " + pixels() + System.lineSeparator(),
        run(true, "data", "clear").out());
    Path data = SmallSet.write(folder.resolve("quarters"), 300, 60);
    assertEquals(0, run(true, training(data, "cpu", "", "model")).status());

    ChildJvm.Outcome list = run(true, "data", "list");
    List<String> kept = list.out().lines().dropWhile(line -> !line.startsWith("pixels")).toList();
    assertEquals(
        "pixels of sets larger than memory, in "
            + pixels()
            + " (\"aparanet data clear\" removes them)",
        kept.get(0));
    assertEquals(3, kept.size(), list.out());
    assertTrue(
        kept.get(1)
            .matches("  [0-9a-f]{32}\\.pixels: .*quarters: quarters test, 60 images, [0-9]+ bytes"),
        list.out());
    assertTrue(kept.get(2).contains("quarters: quarters train, 300 images, "), list.out());

    ChildJvm.Outcome clear = run(true, "data", "clear");
    assertEquals(0, clear.status());
    List<String> lines = clear.out().lines().toList();
    assertEquals("removed " + kept.get(1).strip(), lines.get(0));
    assertEquals("removed " + kept.get(2).strip(), lines.get(1));
    assertTrue(
        lines.get(2).matches("2 files with [0-9]+ bytes removed from .*pixels"), clear.out());
    try (Stream<Path> files = Files.list(pixels())) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aWrongLimitIsRefused() throws Exception {
    List<String> options = new ArrayList<>(options(false));
    options.add("-Daparanet.data.memory=much");
    ChildJvm.Outcome run =
        ChildJvm.run(
            options, Map.of(), Main.class.getName(), List.of("train", "--network", "dense 10"));
    assertEquals(1, run.status());
    assertTrue(
        run.err().contains("aparanet: system property aparanet.data.memory is \"much\"; it takes"),
        run.err());
  }
}
