package org.aparanet.data.format;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;

/** The checks that every file must pass before it is opened. */
public final class InputFile {
  private InputFile() {}

  /**
   * @throws WrongFileException if it is not a regular file, or a link that leads nowhere
   * @throws DataException if there is no such file or it may not be read
   */
  public static void requireReadable(Path file) {
    String name = Printable.of(file.toString());
    Optional<BasicFileAttributes> there;
    try {
      there = Target.look(file);
    } catch (IOException e) {
      String sentence = name + " cannot be read: " + IoReason.of(e);
      throw leadsInACircle(file)
          ? new WrongFileException(sentence, e)
          : new DataException(sentence, e);
    }
    if (there.isEmpty() && Files.isSymbolicLink(file)) {
      throw new WrongFileException(name + " is a symbolic link to nothing");
    }
    if (there.isEmpty()) {
      throw new DataException(name + " does not exist");
    }
    if (!there.get().isRegularFile()) {
      throw new WrongFileException(name + " is not a file");
    }
    if (!Files.isReadable(file)) {
      throw new DataException(name + " cannot be read: permission denied");
    }
  }

  /**
   * Whether there is a regular file.
   *
   * @throws DataException if that cannot be told
   */
  public static boolean isThere(Path file) {
    try {
      return Target.look(file).filter(BasicFileAttributes::isRegularFile).isPresent();
    } catch (IOException e) {
      throw new DataException(
          Printable.of(file.toString()) + " cannot be read: " + IoReason.of(e), e);
    }
  }

  /** Whether two paths lead to one file that is there. */
  public static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false; // one of them leads nowhere
    }
  }

  private static boolean leadsInACircle(Path file) {
    try {
      Target.of(file);
      return false;
    } catch (FileSystemLoopException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes sure that what is not seen in a folder is not there; a folder that may not be entered
   * seems to be empty. One that does not exist passes.
   *
   * @throws DataException if its content cannot be looked at
   */
  public static void requireOpen(Path folder) {
    try {
      if (Target.look(folder).filter(BasicFileAttributes::isDirectory).isPresent()) {
        Target.look(folder.resolve("any"));
      }
    } catch (IOException e) {
      throw new DataException(
          Printable.of(folder.toString()) + " cannot be read: " + IoReason.of(e), e);
    }
  }
}
