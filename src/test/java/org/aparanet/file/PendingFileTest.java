package org.aparanet.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingFileTest {
  @TempDir Path folder;

  @Test
  void whatIsPublishedReplacesTheOlderFileInUtf8() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    try (PendingFile pending = new PendingFile(file)) {
      pending.writer().write("néw ");
      assertEquals("old", Files.readString(file));
      assertEquals(2, files().size(), "the temporary file is in the same folder");
      pending.writer().write("text");
      pending.publish();
    }
    assertEquals("néw text", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void whatIsNotPublishedLeavesTheOlderFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    try (PendingFile pending = new PendingFile(file)) {
      pending.writer().write("new".repeat(10_000));
    }
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void whatCannotBeWrittenIsRefusedAtOnce() throws IOException {
    IOException e = assertThrows(IOException.class, () -> new PendingFile(folder));
    assertEquals("it is a folder", IoReason.of(e));
    assertEquals(List.of(), files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
