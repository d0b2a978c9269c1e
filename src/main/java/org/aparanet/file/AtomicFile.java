package org.aparanet.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.concurrent.ThreadLocalRandom;

/** Files that are written so that a name only ever stands for the old content or all of the new. */
public final class AtomicFile {
  private static final int LONGEST_PART = 40; // of a name, in a longer one

  private AtomicFile() {}

  /** The content of a file. */
  public interface Content {
    /** Writes it. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /**
   * Writes to a temporary file in the same folder, forces it to the disk and moves it to its name;
   * what a symbolic link points to is replaced, not the link. If any of that fails, the temporary
   * file is removed and what had that name is left as it was. An interrupt of the thread breaks
   * nothing off.
   *
   * @throws IOException if the file cannot be written; {@link IoReason} tells why
   */
  @SuppressWarnings("try") // what is closed is the announcement that something is being written
  public static void write(Path file, Content content) throws IOException {
    Path target = Target.toWrite(file);
    Path temporary = temporary(target);
    try (Leftovers.Writing writing = Leftovers.writing(temporary)) {
      try (SteadyFile channel = SteadyFile.create(temporary)) {
        content.writeTo(channel);
        channel.force(true);
      }
      moveTo(target, temporary);
    }
  }

  /** Writes a text in UTF-8, as above. */
  public static void write(Path file, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** Gives a file that is complete the name, and the permissions, of the one that it replaces. */
  static void moveTo(Path target, Path temporary) throws IOException {
    keepPermissions(target, temporary);
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Gives the new file the permissions of the older one. */
  private static void keepPermissions(Path target, Path temporary) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    if (old != null && Target.look(target).isPresent()) {
      Files.setPosixFilePermissions(temporary, old.readAttributes().permissions());
    }
  }

  /** A name of its own that is no longer than any name may be. */
  static Path temporary(Path target) {
    String unique = Integer.toHexString(ThreadLocalRandom.current().nextInt());
    String name = target.getFileName().toString();
    int cut = Math.max(0, name.length() - LONGEST_PART);
    if (cut < name.length() && Character.isLowSurrogate(name.charAt(cut))) {
      cut++;
    }
    return target.resolveSibling("." + unique + "-" + name.substring(cut) + ".tmp");
  }
}
