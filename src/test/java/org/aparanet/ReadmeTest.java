package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of Java that README shows run as they stand there. */
class ReadmeTest {
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");
  private static final String IMPORTS =
      """
      import java.nio.file.Path;
      import org.aparanet.Training;
      import org.aparanet.data.DataSet;
      import org.aparanet.data.DataSets;
      import org.aparanet.model.Model;
      """;

  @TempDir private Path folder;

  @Test
  void linesOfJavaTrainAndSaveAModel() throws IOException, InterruptedException {
    Files.createSymbolicLink(folder.resolve("data"), Path.of("data").toAbsolutePath());
    Path source = folder.resolve("Readme.java");
    Files.writeString(
        source,
        IMPORTS
            + "class Readme {\n  public static void main(String[] args) {\n"
            + lines()
            + "}}\n");
    Path output = folder.resolve("output.txt");
    // Java compiles a single source file and runs it
    Process process =
        new ProcessBuilder(ChildJvm.command(VECTORS, source.toString(), List.of()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> "still running: " + read(output));
      assertEquals(0, process.exitValue(), () -> read(output));
    } finally {
      process.destroyForcibly();
    }
    Model model = ModelFile.load(folder.resolve("digits.safetensors"));
    assertEquals("conv 16 3 nobias, pool 2, dense 10", model.network().text());
  }

  /** The indented lines of README's section on Java. */
  private static String lines() throws IOException {
    String section = Files.readString(Path.of("README.md")).split("\n## From Java\n", 2)[1];
    String lines =
        section
            .lines()
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("    "))
            .collect(Collectors.joining("\n", "", "\n"));
    assertTrue(lines.contains("Training.network"), lines);
    return lines;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
