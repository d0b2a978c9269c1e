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
    String name = Printable.of(file.toString());
    if (!Files.exists(file)) {
      throw new DataException(name + " does not exist");
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(name + " is not a file");
    }
    if (!Files.isReadable(file)) {
      throw new DataException(name + " may not be read by this user");
    }
  }
}
