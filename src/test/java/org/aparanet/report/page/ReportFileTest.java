package org.aparanet.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  @TempDir Path folder;

  @Test
  void replacesWhatWasThereAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("report.json");
    ReportFile.write(file, "old");
    ReportFile.write(file, "new");

    assertEquals("new", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void linesAreAppendedAlsoBehindOneWithoutAnEnd() throws IOException {
    Path file = folder.resolve("history.jsonl");
    ReportFile.append(file, "one");
    ReportFile.append(file, "two");
    assertEquals("one\ntwo\n", Files.readString(file));

    Files.writeString(file, "cut off");
    ReportFile.append(file, "three");
    assertEquals("cut off\nthree\n", Files.readString(file));
  }

  @Test
  void afterAFailureTheFilesAreAsTheyWere() throws IOException {
    Path inTheWay = Files.createDirectory(folder.resolve("report.json"));
    Files.createFile(inTheWay.resolve("inside"));

    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> ReportFile.write(inTheWay, "text"));

    assertTrue(e.getMessage().startsWith(inTheWay + ": cannot be written ("), e.getMessage());
    assertEquals(List.of(inTheWay), files());
  }

  @Test
  void aFolderThatIsGoneIsTheReason() {
    Path file = folder.resolve("gone").resolve("report.json");

    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> ReportFile.write(file, "text"));

    assertEquals(
        file + ": cannot be written (the folder " + file.getParent() + " does not exist)",
        e.getMessage());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
