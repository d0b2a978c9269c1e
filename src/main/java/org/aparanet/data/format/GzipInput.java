package org.aparanet.data.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses a gzip file (RFC 1952) of one or more members.
 *
 * <p>{@link java.util.zip.GZIPInputStream} calls itself for every member, so that a file of many
 * empty ones overflows the stack, and it ignores whatever follows the last member. This stream does
 * neither, and its exceptions name the byte of the compressed file.
 */
final class GzipInput extends InputStream {

  /** Deflate's shortest code, of 2 bits, stands for at most 258 bytes (RFC 1951). */
  static final int LARGEST_EXPANSION = 1032;

  private static final int HEADER_CRC = 0x02;
  private static final int EXTRA = 0x04;
  private static final int NAME = 0x08;
  private static final int COMMENT = 0x10;
  private static final int RESERVED = 0xE0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long bufferOffset;
  private boolean ended;

  /**
   * @param in the compressed bytes; closed with this stream
   */
  GzipInput(InputStream in) throws IOException {
    this.in = in;
    beginMember();
  }

  /** Whether a file that starts with these bytes is gzip. */
  static boolean isGzip(byte[] start) {
    return start.length >= 2 && (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int count = inflate(target, offset, length);
      if (count > 0) {
        crc.update(target, offset, count);
        return count;
      }
      if (inflater.finished()) {
        position = limit - inflater.getRemaining();
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("its gzip data asks for a dictionary");
      } else {
        if (!fill()) {
          throw truncated();
        }
        inflater.setInput(buffer, 0, limit);
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  private int inflate(byte[] target, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      long at = bufferOffset + limit - inflater.getRemaining();
      throw new ZipException(
          "its gzip data is damaged before byte " + at + " (" + e.getMessage() + ")");
    }
  }

  private void endMember() throws IOException {
    long checksum = readLittleEndian(4);
    if (checksum != crc.getValue()) {
      throw new ZipException(
          "the unpacked data has checksum %08x; expected %08x as before byte %d"
              .formatted(crc.getValue(), checksum, offset()));
    }
    long size = readLittleEndian(4);
    if (size != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw new ZipException(
          "the unpacked data has %d bytes; expected %d as before byte %d"
              .formatted(inflater.getBytesWritten(), size, offset()));
    }
    if (position == limit && !fill()) {
      ended = true;
    } else {
      beginMember();
    }
  }

  private void beginMember() throws IOException {
    long start = offset();
    if (readByte() != 0x1F || readByte() != 0x8B) {
      throw new ZipException("bytes that are not gzip follow the data at byte " + start);
    }
    int method = readByte();
    if (method != 8) {
      throw new ZipException(
          "its gzip method is %d at byte %d; expected 8 (deflate)".formatted(method, start + 2));
    }
    int flags = readByte();
    if ((flags & RESERVED) != 0) {
      throw new ZipException(
          "its gzip flags are 0x%02x at byte %d; expected at most 0x1f"
              .formatted(flags, start + 3));
    }
    skip(6); // modification time, compression level, operating system
    if ((flags & EXTRA) != 0) {
      skip((int) readLittleEndian(2));
    }
    if ((flags & NAME) != 0) {
      skipString();
    }
    if ((flags & COMMENT) != 0) {
      skipString();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(buffer, position, limit - position);
    crc.reset();
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      readByte();
    }
  }

  private void skipString() throws IOException {
    while (readByte() != 0) {
      // to the zero byte that ends the text
    }
  }

  private long readLittleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) readByte() << (8 * i);
    }
    return value;
  }

  private int readByte() throws IOException {
    if (position == limit && !fill()) {
      throw truncated();
    }
    return buffer[position++] & 0xFF;
  }

  private boolean fill() throws IOException {
    bufferOffset += limit;
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  private long offset() {
    return bufferOffset + position;
  }

  private EOFException truncated() {
    return new EOFException("its gzip data is cut off at byte " + bufferOffset);
  }
}
