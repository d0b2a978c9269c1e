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
 * Lists folders in an order that is the same everywhere, by {@linkplain FileName#of name}. What
 * begins with a dot is left out: programs put their own things there.
 */
final class ClassFolders {
  private ClassFolders() {}

  /**
   * @throws DataException if the folder cannot be read, or two of them have the same name but for
   *     how accents are written
   */
  static List<Path> subfolders(Path folder) {
    List<Path> found = list(folder, Files::isDirectory);
    for (int i = 1; i < found.size(); i++) {
      String name = name(found.get(i));
      if (name.equals(name(found.get(i - 1)))) {
        throw new DataException(
            "%s has two sub-folders %s, whose names differ only in how Unicode writes an accent; put their images into one"
                .formatted(Printable.of(folder.toString()), Printable.of(name)));
      }
    }
    return found;
  }

  /**
   * @throws DataException if the folder cannot be read
   */
  static List<Path> files(Path folder) {
    return list(folder, path -> !Files.isDirectory(path));
  }

  /** The last part of a path, the same everywhere. */
  static String name(Path path) {
    return FileName.of(path);
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    List<Named> found = new ArrayList<>();
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      for (Path path : content) {
        String name = name(path);
        if (!name.startsWith(".") && wanted.test(path)) {
          found.add(new Named(path, name));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new DataException(
          Printable.of(folder.toString()) + " cannot be listed: " + e.getMessage(), e);
    }
    found.sort(Comparator.comparing(Named::name).thenComparing(Named::path));
    return found.stream().map(Named::path).toList();
  }

  private record Named(Path path, String name) {}
}
