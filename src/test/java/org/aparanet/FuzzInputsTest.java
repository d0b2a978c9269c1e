package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Inputs of fuzz tests are found by the test's name and package; elsewhere they are not run. */
class FuzzInputsTest {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  @Test
  void everyFolderOfInputsStandsWhereItsTestFindsIt() throws IOException {
    List<Path> folders;
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      folders = files.filter(f -> f.getFileName().toString().endsWith("FuzzTestInputs")).toList();
    }
    assertTrue(folders.size() >= 10, folders::toString);
    List<Path> lost = folders.stream().filter(folder -> !Files.exists(test(folder))).toList();
    assertEquals(List.of(), lost);
  }

  private static Path test(Path inputs) {
    String path = RESOURCES.relativize(inputs).toString();
    String name = path.substring(0, path.length() - "Inputs".length()) + ".java";
    return Path.of("src", "test", "java").resolve(name);
  }
}
