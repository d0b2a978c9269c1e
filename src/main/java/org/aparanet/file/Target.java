package org.aparanet.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Kind of file at a path, or the true reason why it cannot be told. */
public final class Target {
  private static final int MOST_LINKS = 40; // as Linux has it

  private Target() {}

  /**
   * Kind of file at a path, through symbolic links. Other than {@link Files#exists} it does not
   * take what may not be looked at for what is not there.
   *
   * @return nothing if nothing is there
   * @throws IOException if it cannot be told, as in a folder that may not be entered
   */
  public static Optional<BasicFileAttributes> look(Path path) throws IOException {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The absolute path of the file that is meant where a path may be a symbolic link, also where the
   * link leads to nothing yet.
   */
  public static Path of(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /**
   * The file that a write to a path would make or replace.
   *
   * @throws IOException if there is something else, or no folder for it; the reason is a clause
   */
  public static Path toWrite(Path path) throws IOException {
    Path target = of(path);
    Optional<BasicFileAttributes> there = look(target);
    if (there.isPresent() && !there.get().isRegularFile()) {
      throw refusal(
          path, there.get().isDirectory() ? "it is a folder" : "it is not a regular file");
    }
    Path folder = target.getParent();
    Optional<BasicFileAttributes> around = look(folder);
    if (around.isEmpty()) {
      throw refusal(path, "the folder " + folder + " does not exist");
    }
    if (!around.get().isDirectory()) {
      throw refusal(path, folder + " is not a folder");
    }
    return target;
  }

  /**
   * Whether two paths are of one file, also through symbolic links; neither has to exist.
   *
   * @param one path of a file
   * @param other path of a file
   */
  public static boolean same(Path one, Path other) {
    return real(one).equals(real(other));
  }

  private static Path real(Path file) {
    try {
      Path target = of(file);
      Path folder = target.getParent();
      return folder == null ? target : folder.toRealPath().resolve(target.getFileName());
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }

  /** Makes a folder and those around it, unless there is one, or a symbolic link to one. */
  public static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(of(folder));
    }
  }

  private static FileSystemException refusal(Path path, String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }
}
