package org.aparanet.data.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.aparanet.file.SteadyFile;

/**
 * File of a set's pixels, written once:
 *
 * <pre>
 * 64 bytes         its name and format as text, filled up with zeros
 * count x C H W    the pixels, as unsigned bytes
 * a trailer        see {@link PixelTrailer}
 * 8, 4 and 4 bytes the trailer's length and CRC-32C, and the format
 * </pre>
 *
 * <p>All numbers are big-endian.
 *
 * @param path of the file
 * @param trailer what stands behind the pixels
 */
record PixelFile(Path path, PixelTrailer trailer) {
  static final int FORMAT = 1;
  static final String ENDING = ".pixels";

  /** Bytes of pixels that have a checksum of their own: CRC-32C. */
  static final int BLOCK = 1 << 24;

  static final int HEADER = 64;
  private static final int END = 16;
  private static final int PORTION = 1 << 18;

  static byte[] header() {
    byte[] text = ("aparanet pixels " + FORMAT + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(HEADER).put(text).array();
  }

  /** The trailer with the file's last bytes. */
  static byte[] end(PixelTrailer trailer) {
    byte[] bytes = trailer.encoded();
    return ByteBuffer.allocate(bytes.length + END)
        .put(bytes)
        .putLong(bytes.length)
        .putInt(checksum(ByteBuffer.wrap(bytes)))
        .putInt(FORMAT)
        .array();
  }

  static int checksum(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return (int) sum.getValue();
  }

  /** Length in bytes. */
  long size() throws IOException {
    try (SteadyFile file = SteadyFile.read(path)) {
      return file.size();
    }
  }

  /**
   * Reads all but the pixels.
   *
   * @return empty if it is no such file, or damaged
   * @throws IOException if it cannot be read
   */
  static Optional<PixelFile> look(Path path) throws IOException {
    try (SteadyFile file = SteadyFile.read(path)) {
      return trailer(file).map(trailer -> new PixelFile(path, trailer));
    }
  }

  private static Optional<PixelTrailer> trailer(SteadyFile file) throws IOException {
    long size = file.size();
    if (size < HEADER + END || !read(file, 0, HEADER).equals(ByteBuffer.wrap(header()))) {
      return Optional.empty();
    }
    ByteBuffer end = read(file, size - END, END);
    long length = end.getLong();
    int checksum = end.getInt();
    if (length < 0
        || length > Math.min(size - HEADER - END, ArrayPixels.MOST_BYTES)
        || end.getInt() != FORMAT) {
      return Optional.empty();
    }
    ByteBuffer bytes = read(file, size - END - length, (int) length);
    if (checksum(bytes.duplicate()) != checksum) {
      return Optional.empty();
    }
    PixelTrailer trailer = PixelTrailer.decoded(bytes.array());
    return trailer.pixelBytes() == size - HEADER - END - length
            && trailer.checksums().length == blocks(trailer.pixelBytes())
        ? Optional.of(trailer)
        : Optional.empty();
  }

  private static long blocks(long bytes) {
    return (bytes + BLOCK - 1) / BLOCK;
  }

  /** Reads bytes; fewer if the file ends. */
  private static ByteBuffer read(SteadyFile file, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
      // goes on
    }
    return bytes.flip();
  }

  /** The pixels, which are read when they are wanted. */
  ImagePixels pixels() throws IOException {
    return new FilePixels(path, HEADER, trailer.labels().length, trailer.key().imageSize());
  }

  /**
   * Reads all pixels.
   *
   * @return whether all are as they were written
   * @throws IOException if they cannot be read
   */
  boolean isSound(ReadingListener listener) throws IOException {
    try (SteadyFile file = SteadyFile.read(path)) {
      long bytes = trailer.pixelBytes();
      for (int i = 0; i < trailer.checksums().length; i++) {
        long from = (long) i * BLOCK;
        int length = (int) Math.min(BLOCK, bytes - from);
        if (checksum(file, HEADER + from, length) != trailer.checksums()[i]) {
          return false;
        }
        listener.done((from + length) / trailer.key().imageSize());
      }
    }
    return true;
  }

  /** Checksum of a block, read in portions that stay in the cache. */
  private static int checksum(SteadyFile file, long from, int length) throws IOException {
    CRC32C sum = new CRC32C();
    for (int done = 0; done < length; ) {
      ByteBuffer portion = read(file, from + done, Math.min(PORTION, length - done));
      if (!portion.hasRemaining()) {
        break; // the file has become shorter
      }
      done += portion.remaining();
      sum.update(portion);
    }
    return (int) sum.getValue();
  }
}
