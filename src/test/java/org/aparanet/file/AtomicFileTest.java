package org.aparanet.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesAnOlderFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old and longer");
    AtomicFile.write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(List.of(file), listing());
  }

  @Test
  void anInterruptedThreadWritesTheWholeFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Thread.currentThread().interrupt();
    AtomicFile.write(file, "new");
    assertTrue(Thread.interrupted(), "it still is interrupted");
    AtomicFile.write(
        file,
        channel -> {
          channel.write(ByteBuffer.wrap(new byte[1]));
          Thread.currentThread().interrupt();
          channel.write(ByteBuffer.wrap(new byte[2]));
        });
    assertTrue(Thread.interrupted(), "in the middle");
    assertEquals(3, Files.size(file));
    assertEquals(List.of(file), listing());
  }

  @Test
  void aFailureKeepsTheOlderFileAndLeavesNothingBehind() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[1000]));
                      assertEquals(2, listing().size(), "the temporary file is in the same folder");
                      throw new IOException("No space left on device");
                    }));
    assertEquals("No space left on device", IoReason.of(e));
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
  void theNameAppearsOnlyWhenTheContentIsComplete() throws IOException {
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
    assertRefused("the folder " + missing.getParent() + " does not exist", missing);
    assertRefused("it is a folder", folder);
    assertRefused("it is a folder", folder.getRoot());
  }

  @Test
  void aLinkKeepsPointingToTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void aLinkToNothingGetsItsFile() throws IOException {
    Path file = folder.resolve("file");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    AtomicFile.write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has other permissions")
  void theLongestNamesAndOlderPermissionsAreKept() throws IOException {
    for (String name : List.of("n".repeat(255), "\u00e9".repeat(127), "\ud83d\ude00".repeat(63))) {
      Path file = Files.writeString(folder.resolve(name), "old");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      AtomicFile.write(file, "new");
      assertEquals("new", Files.readString(file));
      assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    assertEquals(3, listing().size());
  }

  private List<Path> listing() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void assertRefused(String reason, Path file) {
    assertEquals(
        reason, IoReason.of(assertThrows(IOException.class, () -> AtomicFile.write(file, "new"))));
  }
}
