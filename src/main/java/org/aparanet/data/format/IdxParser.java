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
    int count = count(dimensions);
    long end = offset + count;
    String declared = text(dimensions) + " values declared in its header";
    if (end > mostBytes) {
      throw new DataException(
          "%s has at most %d bytes; expected %d for the %s"
              .formatted(name, mostBytes, end, declared));
    }
    byte[] values = in.readNBytes(count); // grows while reading, whatever the header says
    if (values.length < count) {
      throw new DataException(
          "%s ends at byte %d; expected %d bytes for the %s"
              .formatted(name, offset + values.length, end, declared));
    }
    if (in.read() >= 0) {
      throw new DataException(
          "%s goes on at byte %d; expected its end there after the %s"
              .formatted(name, end, declared));
    }
    return new IdxFile(dimensions, values);
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

  private int count(List<Integer> dimensions) {
    long count = 1;
    for (int dimension : dimensions) {
      count *= dimension; // cannot overflow: both factors are below 2^31
      if (count > MOST_VALUES) {
        throw new DataException(
            "%s declares %s values at byte 4; expected at most %d"
                .formatted(name, text(dimensions), MOST_VALUES));
      }
    }
    return (int) count;
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
