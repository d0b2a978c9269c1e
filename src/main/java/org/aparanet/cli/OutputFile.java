package org.aparanet.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sure, before hours of work, that their result can be written. */
final class OutputFile {
  private OutputFile() {}

  /**
   * @param option the option that names the file
   * @param file the file, or null if the option was not given
   * @throws CommandException if the file cannot be written
   */
  static void check(String option, Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null) {
      throw refusal(option, file, "that is a folder; it takes the name of a file");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) { // a device would be replaced by a file
      throw refusal(option, file, "it is not a regular file");
    }
    if (!Files.isDirectory(folder)) {
      throw refusal(option, file, "there is no folder " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw refusal(option, file, "folder " + folder + " is not writable");
    }
  }

  /** Whether two names stand for one file; neither has to exist. */
  static boolean same(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  private static CommandException refusal(String option, Path file, String reason) {
    return new CommandException("option " + option + ": cannot write " + file + ": " + reason);
  }
}
