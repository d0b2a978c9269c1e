package org.aparanet.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;

/**
 * Lists folders in an order that is the same everywhere, by name. What begins with a dot is left
 * out: programs put their own things there.
 */
final class ClassFolders {
  private static final Comparator<Path> BY_NAME = Comparator.comparing(ClassFolders::name);

  private ClassFolders() {}

  /**
   * @throws DataException if the folder cannot be read
   */
  static List<Path> subfolders(Path folder) {
    return list(folder, true);
  }

  /**
   * @throws DataException if the folder cannot be read
   */
  static List<Path> files(Path folder) {
    return list(folder, false);
  }

  /** The last part of a path. */
  static String name(Path path) {
    return path.getFileName().toString();
  }

  private static List<Path> list(Path folder, boolean folders) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      for (Path path : content) {
        if (!name(path).startsWith(".") && isFolder(path) == folders) {
          found.add(path);
        }
      }
    } catch (IOException e) {
      throw refusal(folder, IoReason.of(e), e);
    } catch (DirectoryIteratorException e) {
      throw refusal(folder, IoReason.of(e), e);
    }
    found.sort(BY_NAME);
    return found;
  }

  /** A link that leads nowhere is a file: reading it tells what is wrong. */
  private static boolean isFolder(Path path) {
    try {
      return Target.look(path).filter(BasicFileAttributes::isDirectory).isPresent();
    } catch (IOException e) { // such as in a folder that may be listed, but not entered
      if (Files.isSymbolicLink(path)) {
        return false;
      }
      throw new DataException(
          Printable.of(path.toString()) + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private static DataException refusal(Path folder, String reason, Exception cause) {
    return new DataException(
        Printable.of(folder.toString()) + " cannot be listed: " + reason, cause);
  }
}
