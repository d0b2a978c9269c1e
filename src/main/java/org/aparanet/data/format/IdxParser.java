package org.aparanet.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads one uncompressed IDX stream and says where and how it departs from the format. */
final class IdxParser {
  private static final int UNSIGNED_BYTE = 0x08;

  /** The longest array that every JVM can make. */
  private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

  /** Of a stream that is not kept: what no disk holds. */
  private static final long MOST_STREAMED = 1L << 50;

  private static final int PORTION = 1 << 16;

  private final String name;
  private final InputStream in;
  private final long mostBytes;
  private long offset;

  /**
   * @param name what to call the stream in messages
   * @param mostBytes no more than this can possibly come out of the stream
   */
  IdxParser(String name, InputStream in, long mostBytes) {
    this.name = name;
    this.in = in;
    this.mostBytes = mostBytes;
  }

  /** Reads the stream to its end. */
  IdxFile parse() throws IOException {
    List<Integer> dimensions = dimensions(rank());
    int count = (int) count(dimensions, MOST_VALUES);
    byte[] values = in.readNBytes(count); // grows while reading, whatever the header says
    if (values.length < count) {
      throw tooShort(values.length, dimensions, count);
    }
    requireEnd(dimensions, count);
    return new IdxFile(dimensions, values);
  }

  /** Reads the header alone, of a stream of any length. */
  List<Integer> dimensions() throws IOException {
    List<Integer> dimensions = dimensions(rank());
    count(dimensions, MOST_STREAMED);
    return dimensions;
  }

  /**
   * Reads the stream to its end, and keeps nothing.
   *
   * @param values takes the values
   * @throws IOException if the stream cannot be read
   * @throws IdxFile.TargetException if {@code values} cannot take them
   */
  void copy(IdxFile.Values values) throws IOException {
    List<Integer> dimensions = dimensions(rank());
    long count = count(dimensions, MOST_STREAMED);
    byte[] portion = new byte[PORTION];
    for (long done = 0; done < count; ) {
      int read = in.readNBytes(portion, 0, (int) Math.min(PORTION, count - done));
      if (read == 0) {
        throw tooShort(done, dimensions, count);
      }
      try {
        values.take(portion, read);
      } catch (IOException e) {
        throw new IdxFile.TargetException(e);
      }
      done += read;
    }
    requireEnd(dimensions, count);
  }

  private DataException tooShort(long found, List<Integer> dimensions, long count) {
    return new DataException(
        "%s ends at byte %d; expected %d bytes for the %s"
            .formatted(name, offset + found, offset + count, declared(dimensions)));
  }

  private void requireEnd(List<Integer> dimensions, long count) throws IOException {
    if (in.read() >= 0) {
      throw new DataException(
          "%s goes on at byte %d; expected its end there after the %s"
              .formatted(name, offset + count, declared(dimensions)));
    }
  }

  private static String declared(List<Integer> dimensions) {
    return text(dimensions) + " values declared in its header";
  }

  private int rank() throws IOException {
    byte[] magic = header("the magic number");
    if (magic[0] != 0 || magic[1] != 0) {
      throw new DataException(
          "%s begins with bytes %02x %02x at byte 0; expected 00 00 (IDX) or 1f 8b (gzip)"
              .formatted(name, magic[0], magic[1]));
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw new DataException(
          "%s has type code 0x%02x (%s) at byte 2; expected 0x08 (unsigned byte)"
              .formatted(name, magic[2], typeName(magic[2])));
    }
    if (magic[3] == 0) {
      throw new DataException(name + " has 0 dimensions at byte 3; expected 1 to 255");
    }
    return magic[3] & 0xFF;
  }

  private List<Integer> dimensions(int rank) throws IOException {
    List<Integer> dimensions = new ArrayList<>();
    for (int i = 1; i <= rank; i++) {
      byte[] b = header("dimension " + i + " of " + rank);
      long size = (b[0] & 0xFFL) << 24 | (b[1] & 0xFF) << 16 | (b[2] & 0xFF) << 8 | b[3] & 0xFF;
      if (size < 1 || size > MOST_VALUES) {
        throw new DataException(
            "%s has size %d for dimension %d at byte %d; expected 1 to %d"
                .formatted(name, size, i, offset - 4, MOST_VALUES));
      }
      dimensions.add((int) size);
    }
    return dimensions;
  }

  /** Number of values, which the stream can hold. */
  private long count(List<Integer> dimensions, long most) {
    long count = 1;
    for (int dimension : dimensions) {
      if (count > most / dimension) {
        throw new DataException(
            "%s declares %s values at byte 4; expected at most %d"
                .formatted(name, text(dimensions), most));
      }
      count *= dimension;
    }
    if (offset + count > mostBytes) {
      throw new DataException(
          "%s has at most %d bytes; expected %d for the %s"
              .formatted(name, mostBytes, offset + count, declared(dimensions)));
    }
    return count;
  }

  private byte[] header(String what) throws IOException {
    byte[] bytes = in.readNBytes(4);
    if (bytes.length < 4) {
      throw new DataException(
          "%s ends at byte %d; expected 4 bytes of %s from byte %d"
              .formatted(name, offset + bytes.length, what, offset));
    }
    offset += 4;
    return bytes;
  }

  private static String text(List<Integer> dimensions) {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static String typeName(byte code) {
    return switch (code) {
      case 0x09 -> "signed byte";
      case 0x0B -> "short";
      case 0x0C -> "int";
      case 0x0D -> "float";
      case 0x0E -> "double";
      default -> "no type of the format";
    };
  }
}
