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
    if (!Files.isDirectory(folder)) {
      throw refusal(option, file, "there is no folder " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw refusal(option, file, "folder " + folder + " is not writable");
    }
  }

  private static CommandException refusal(String option, Path file, String reason) {
    return new CommandException("option " + option + ": cannot write " + file + ": " + reason);
  }
}
