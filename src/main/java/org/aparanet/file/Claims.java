package org.aparanet.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The files and folders that a command has for itself until these claims are closed. A second
 * process that asks for one of them is refused, whatever way it spells the path; so is a second
 * holder in this process.
 *
 * <p>A claim is an operating system's lock on an empty file beside the claimed one, or in the
 * claimed folder: it ends with the process, however that ends. Where the file system has no locks,
 * or the lock's file cannot be made, everything goes on without.
 */
public final class Claims implements AutoCloseable {
  private static final int LONGEST_NAME = 100;
  private static final String FOLDER = ".lock";

  private final Map<Path, LockFile> held = new LinkedHashMap<>();

  /**
   * Claims a file that is going to be written. Again and again is once.
   *
   * @throws ClaimedException if another process holds it, or the folder that it is in; the reason
   *     names the process
   */
  public void file(Path file) throws ClaimedException {
    Path lock;
    try {
      Path target = Target.of(file);
      Path name = target.getFileName();
      if (name == null) {
        return; // no file at all
      }
      lock = target.getParent().toRealPath().resolve(lockName(name.toString()));
    } catch (IOException e) {
      return; // what is not there cannot be written either, and writing tells why
    }
    claim(file, lock);
    Path around = lock.resolveSibling(FOLDER);
    if (!held.containsKey(around)) {
      LockFile.requireFree(lock.getParent(), around);
    }
  }

  /**
   * Claims a folder. Again and again is once.
   *
   * @throws ClaimedException if another process holds it; the reason names the process
   */
  public void folder(Path folder) throws ClaimedException {
    Path lock;
    try {
      lock = folder.toRealPath().resolve(FOLDER);
    } catch (IOException e) {
      return;
    }
    claim(folder, lock);
  }

  private void claim(Path path, Path lock) throws ClaimedException {
    if (!held.containsKey(lock)) {
      held.put(lock, LockFile.take(path, lock));
    }
  }

  /** Whether a file's name is one that locks have. */
  public static boolean isLock(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".") && name.endsWith(FOLDER);
  }

  private static String lockName(String name) {
    return name.length() <= LONGEST_NAME
        ? "." + name + ".lock"
        : "." + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) + ".lock";
  }

  @Override
  public void close() {
    held.values().forEach(LockFile::close);
    held.clear();
  }
}
