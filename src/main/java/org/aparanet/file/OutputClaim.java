package org.aparanet.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/** The claim to a file that is going to be written, made before the work begins. */
public final class OutputClaim {
  private OutputClaim() {}

  /**
   * Makes sure that a path names a file.
   *
   * @param path which is not empty: to Java, that is the working folder
   * @param name what the path is called in messages
   * @return the path
   * @throws IllegalArgumentException if it is empty
   * @throws NullPointerException if there is none
   */
  public static Path named(Path path, String name) {
    if (Objects.requireNonNull(path, name).toString().isEmpty()) {
      throw new IllegalArgumentException(
          name + ": the path is empty; it takes the name of a file or folder");
    }
    return path;
  }

  /**
   * Makes sure that a file can be written, and claims it.
   *
   * @param claims has the file then
   * @throws ClaimedException if somebody else writes it
   * @throws IOException if it cannot be written; the reason is a clause
   */
  public static void take(Path file, Claims claims) throws IOException {
    Path target = Target.of(file);
    Optional<BasicFileAttributes> there = Target.look(target);
    Path folder = target.getParent();
    if (Claims.isLock(target)) {
      throw refusal(file, "names that begin with a dot and end in .lock are for locks");
    }
    if (there.filter(BasicFileAttributes::isDirectory).isPresent() || folder == null) {
      throw refusal(file, "that is a folder; it takes the name of a file");
    }
    if (there.isPresent() && !there.get().isRegularFile()) { // a device file would be replaced
      throw refusal(file, "it is not a regular file");
    }
    if (Target.look(folder).filter(BasicFileAttributes::isDirectory).isEmpty()) {
      throw refusal(file, "there is no folder " + folder);
    }
    try {
      folder.getFileSystem().provider().checkAccess(folder, AccessMode.WRITE);
    } catch (AccessDeniedException e) {
      throw refusal(file, "folder " + folder + " is not writable");
    }
    claims.file(file);
  }

  private static FileSystemException refusal(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }
}
