package org.aparanet.data.fetch;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.aparanet.data.format.DataException;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;

/**
 * The part of a file that was downloaded, as {@code NAME.part}, and beside it, as {@code
 * NAME.part.tag}, what the server calls this version of the file, so that no two versions are
 * mixed.
 */
final class PartialFile {
  private static final long LONGEST_TAG = 1000;

  private final Path target;
  private final Path part;
  private final Path tag;

  PartialFile(Path target) {
    this.target = target;
    part = target.resolveSibling(target.getFileName() + ".part");
    tag = target.resolveSibling(target.getFileName() + ".part.tag");
  }

  Path path() {
    return part;
  }

  /** How much is there, in bytes. */
  long size() {
    try {
      return Target.look(part).map(BasicFileAttributes::size).orElse(0L);
    } catch (IOException e) {
      throw failure(part, e);
    }
  }

  /** The server's entity tag of the version, if it sent one. */
  Optional<String> tag() {
    try {
      return Files.exists(tag) && Files.size(tag) <= LONGEST_TAG
          ? Optional.of(Files.readString(tag).strip()).filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the digest is checked in any case
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(part);
      Files.deleteIfExists(tag);
    } catch (IOException e) {
      throw failure(part, e);
    }
  }

  /** Gives the whole file its name. */
  void complete() {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(tag);
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /**
   * Opens it to go on at a byte, or to begin anew at 0.
   *
   * @param headers of the answer that the rest comes with
   */
  FileChannel open(long offset, HttpHeaders headers) {
    try {
      FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (offset == 0) {
          channel.truncate(0);
          remember(headers);
        }
        return channel.position(offset);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw failure(part, e);
    }
  }

  /** One sentence for a file that cannot be written. */
  static DataException failure(Path file, IOException e) {
    return new DataException(file + " cannot be written (" + IoReason.of(e) + ")", e);
  }

  /** A weak tag, or none, does not promise that the bytes are the same; then the date has to do. */
  private void remember(HttpHeaders headers) throws IOException {
    Optional<String> version =
        headers
            .firstValue("ETag")
            .filter(text -> !text.startsWith("W/"))
            .or(() -> headers.firstValue("Last-Modified"));
    if (version.isPresent()) {
      Files.writeString(tag, version.get());
    } else {
      Files.deleteIfExists(tag);
    }
  }
}
