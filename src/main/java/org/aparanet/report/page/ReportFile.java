package org.aparanet.report.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aparanet.file.AtomicFile;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;

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
      AtomicFile.write(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written (" + IoReason.of(e) + ")", e);
    }
  }

  /** Adds a line at the end of a file, which need not be there. */
  public static void append(Path file, String line) {
    try {
      boolean there = Target.look(file).isPresent();
      String before = there ? Files.readString(file, StandardCharsets.UTF_8) : "";
      String end = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
      write(file, before + end + line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read (" + IoReason.of(e) + ")", e);
    }
  }
}
