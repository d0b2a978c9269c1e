package org.aparanet.model.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesAnOlderFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old and longer");
    write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(List.of(file), listing());
  }

  @Test
  void aFailureKeepsTheOlderFileAndLeavesNothingBehind() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    SafetensorsException e =
        assertThrows(
            SafetensorsException.class,
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[1000]));
                      assertEquals(2, listing().size(), "the temporary file is in the same folder");
                      throw new IOException("No space left on device");
                    }));
    assertEquals(file + ": cannot be written (No space left on device)", e.getMessage());
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), listing());
  }

  @Test
  void anyOtherExceptionCleansUpToo() throws IOException {
    Path file = folder.resolve("file");
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                channel -> {
                  throw new IllegalStateException();
                }));
    assertEquals(List.of(), listing());
  }

  @Test
  void theNameAppearsOnlyWhenTheContentIsComplete() {
    Path file = folder.resolve("file");
    AtomicFile.write(
        file,
        channel -> {
          channel.write(ByteBuffer.wrap(new byte[10]));
          assertFalse(Files.exists(file));
        });
    assertTrue(Files.exists(file));
  }

  @Test
  void refusesMissingFoldersAndFolders() {
    Path missing = folder.resolve("none").resolve("file");
    assertRefused(
        missing + ": cannot be written (the folder " + missing.getParent() + " does not exist)",
        missing);
    assertRefused(folder + ": cannot be written (it is a folder)", folder);
    Path root = folder.getRoot();
    assertRefused(root + ": cannot be written (it is a folder)", root);
  }

  @Test
  void aLinkKeepsPointingToTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  private List<Path> listing() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void write(Path file, String text) {
    AtomicFile.write(
        file, channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  private static void assertRefused(String message, Path file) {
    assertEquals(
        message, assertThrows(SafetensorsException.class, () -> write(file, "new")).getMessage());
  }
}
