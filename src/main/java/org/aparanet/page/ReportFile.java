package org.aparanet.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a report so that its file's name only ever stands for the old text or all of the new. */
public final class ReportFile {
  private ReportFile() {}

  /**
   * Writes a file, in place of one that is there.
   *
   * @throws UncheckedIOException if it cannot be written, with a sentence; what was there is left
   */
  public static void write(Path file, String text) {
    try {
      Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
      Path temporary = Files.createTempFile(target.getParent(), ".report", ".tmp");
      try {
        Files.writeString(temporary, text);
        copyPermissions(target, temporary);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written (" + reason(e) + ")", e);
    }
  }

  /** Adds a line at the end of a file, which need not be there. */
  public static void append(Path file, String line) {
    try {
      String before = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
      String end = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
      write(file, before + end + line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Of a folder that is gone or closed Java tells the name alone. */
  private static String reason(IOException e) {
    return e instanceof NoSuchFileException || e instanceof AccessDeniedException
        ? "the folder is missing or not writable"
        : e.getMessage();
  }

  /** Temporary files are their owner's alone; a report is as readable as any new file. */
  private static void copyPermissions(Path target, Path temporary) throws IOException {
    if (!Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
      return;
    }
    if (Files.exists(target)) {
      Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(target));
    } else {
      Path plain = target.resolveSibling(temporary.getFileName() + ".new");
      Files.createFile(plain);
      Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(plain));
      Files.delete(plain);
    }
  }
}
