package org.aparanet.model.safetensors;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Writes a file so that its name only ever stands for the old content or all of the new one. */
final class AtomicFile {
  private static final int LONGEST_START = 50;

  private AtomicFile() {}

  /** Writes the content. */
  interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes to a temporary file in the same folder, forces it to the disk and moves it to its name.
   * If any of that fails, the temporary file is removed and what had that name is left as it was.
   *
   * @throws SafetensorsException if the file cannot be written
   */
  static void write(Path file, Content content) {
    try {
      Path target = target(file);
      Path temporary = temporary(target);
      try {
        try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          content.writeTo(channel);
          channel.force(true);
        }
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | RuntimeException | Error e) {
        remove(temporary, e);
        throw e;
      }
    } catch (IOException e) {
      throw new SafetensorsException(file + ": cannot be written (" + IoReason.of(e) + ")", e);
    }
  }

  private static Path target(Path file) throws IOException {
    // what a link points to is replaced, not the link
    Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(target)) {
      throw new SafetensorsException(
          file
              + ": cannot be written ("
              + (Files.isDirectory(target) ? "it is a folder" : "it is not a regular file")
              + ")");
    }
    if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
      throw new SafetensorsException(
          file + ": cannot be written (the folder " + target.getParent() + " does not exist)");
    }
    return target;
  }

  private static Path temporary(Path target) {
    String unique = Integer.toHexString(ThreadLocalRandom.current().nextInt());
    // a long name would become too long for the file system
    String name = target.getFileName().toString();
    String start = name.length() <= LONGEST_START ? "-" + name : "";
    return target.resolveSibling("." + unique + start + ".tmp");
  }

  private static void remove(Path temporary, Throwable cause) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
