package org.aparanet.cli.option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.InputFile;
import org.aparanet.file.IoReason;

/** Names of classes in a text file, one in each line, in their order. */
public final class ClassesFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF"; // as Windows' editor writes it
  private static final int LARGEST = 1 << 20; // bytes

  private ClassesFile() {}

  /**
   * Reads the names.
   *
   * @param option that gives the file
   * @throws CommandException if it cannot be read, or has a line without a name
   */
  public static List<String> read(String option, Path file) {
    try {
      InputFile.requireReadable(file);
      String text = text(option, file);
      String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      List<String> names = content.lines().map(String::strip).toList();
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).isEmpty()) {
          throw refused(
              option, file, "line " + (i + 1) + " is empty; each has the name of a class");
        }
      }
      if (names.isEmpty()) {
        throw refused(option, file, "is empty; each line has the name of a class");
      }
      return names;
    } catch (DataException e) {
      throw new CommandException("option " + option + ": " + e.getMessage(), e);
    } catch (CharacterCodingException e) {
      throw refused(option, file, "is not text in UTF-8");
    } catch (IOException e) {
      throw refused(option, file, "cannot be read: " + IoReason.of(e));
    }
  }

  /** The whole text; a file may grow while it is read, so its size alone is no bound. */
  private static String text(String option, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw refused(option, file, "has more than the " + LARGEST + " bytes that are read");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  private static CommandException refused(String option, Path file, String why) {
    return new CommandException("option " + option + ": " + file + ": " + why);
  }
}
