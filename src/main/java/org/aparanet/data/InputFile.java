package org.aparanet.data;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checks that every file must pass before it is opened. */
final class InputFile {
  private InputFile() {}

  /**
   * @throws DataException if there is no such file, it is not a regular one or may not be read
   */
  static void requireReadable(Path file) {
    if (!Files.exists(file)) {
      throw new DataException(file + " does not exist");
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(file + " is not a file");
    }
    if (!Files.isReadable(file)) {
      throw new DataException(file + " may not be read by this user");
    }
  }
}
