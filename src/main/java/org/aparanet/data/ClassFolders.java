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
import java.util.function.Consumer;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.FileName;
import org.aparanet.data.format.Printable;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;

/**
 * Lists folders in an order that is the same everywhere, by {@linkplain FileName#of name}, without
 * {@linkplain Litter what other programs put there}.
 */
final class ClassFolders {
  private ClassFolders() {}

  /**
   * @throws DataException if the folder cannot be read, or two of them have the same name but for
   *     how accents are written
   */
  static List<Path> subfolders(Path folder) {
    List<Path> found = content(folder).stream().filter(ClassFolders::isFolder).toList();
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
   * @param litter is told of what is left out
   * @throws DataException if the folder cannot be read
   */
  static List<Path> files(Path folder, Consumer<Path> litter) {
    return content(folder, litter).stream().filter(path -> !isFolder(path)).toList();
  }

  /** The last part of a path, the same everywhere. */
  static String name(Path path) {
    return FileName.of(path);
  }

  /**
   * Files and folders.
   *
   * @throws DataException if the folder cannot be read
   */
  static List<Path> content(Path folder) {
    return content(folder, litter -> {});
  }

  /**
   * As {@link #content(Path)}.
   *
   * @param litter is told of what is left out
   */
  static List<Path> content(Path folder, Consumer<Path> litter) {
    List<Named> found = new ArrayList<>();
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      for (Path path : content) {
        String name = name(path);
        if (Litter.isName(name)) {
          litter.accept(path);
        } else {
          found.add(new Named(path, name));
        }
      }
    } catch (IOException e) {
      throw refusal(folder, IoReason.of(e), e);
    } catch (DirectoryIteratorException e) {
      throw refusal(folder, IoReason.of(e), e);
    }
    found.sort(Comparator.comparing(Named::name).thenComparing(Named::path));
    return found.stream().map(Named::path).toList();
  }

  private record Named(Path path, String name) {}

  /**
   * Whether a path is a folder, or a link to one. A link that leads nowhere is a file: reading it
   * tells what is wrong.
   *
   * @throws DataException if that cannot be told
   */
  static boolean isFolder(Path path) {
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
