package org.aparanet.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

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
    return list(folder, Files::isDirectory);
  }

  /**
   * @throws DataException if the folder cannot be read
   */
  static List<Path> files(Path folder) {
    return list(folder, path -> !Files.isDirectory(path));
  }

  /** The last part of a path. */
  static String name(Path path) {
    return path.getFileName().toString();
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      for (Path path : content) {
        if (!name(path).startsWith(".") && wanted.test(path)) {
          found.add(path);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new DataException(
          Printable.of(folder.toString()) + " cannot be listed: " + e.getMessage(), e);
    }
    found.sort(BY_NAME);
    return found;
  }
}
