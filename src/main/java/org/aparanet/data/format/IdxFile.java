package org.aparanet.data.format;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.file.IoReason;

/**
 * The contents of an IDX file: an array of unsigned bytes with any number of dimensions.
 *
 * <p>The format (Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits"): two
 * zero bytes, a type code, the number of dimensions, each dimension as a big-endian 32-bit integer,
 * then the values with the last dimension running fastest. Files may be compressed with gzip, which
 * is told by their first bytes and not by their name.
 *
 * <p>However hostile a file is, reading it fails with a {@link DataException} and never takes more
 * memory than a small multiple of the bytes that are really there.
 *
 * @param dimensions at least one, each at least 1
 * @param values unsigned bytes, as many as the product of the dimensions; not copied
 */
public record IdxFile(List<Integer> dimensions, byte[] values) {

  /**
   * @throws IllegalArgumentException if the number of values is not the dimensions' product
   */
  public IdxFile {
    dimensions = List.copyOf(dimensions);
    long product = 1;
    for (int dimension : dimensions) {
      product = Math.multiplyExact(product, (long) dimension);
    }
    if (dimensions.isEmpty() || product != values.length) {
      throw new IllegalArgumentException(values.length + " values for dimensions " + dimensions);
    }
  }

  /**
   * Reads a file, plain or gzip.
   *
   * @throws DataException if it cannot be read or is not an IDX file of unsigned bytes, with the
   *     file, the offset, the value and what was expected
   */
  public static IdxFile read(Path file) {
    return read(file, IdxParser::parse);
  }

  /**
   * Reads the dimensions of a file, plain or gzip, which may be larger than memory.
   *
   * @throws DataException as {@link #read(Path)}, as far as the header tells
   */
  public static List<Integer> dimensions(Path file) {
    return read(file, IdxParser::dimensions);
  }

  /** What takes values, portion by portion. */
  @FunctionalInterface
  public interface Values {
    /**
     * Takes the next values.
     *
     * @param portion not kept
     * @param count number of values
     * @throws IOException if it cannot
     */
    void take(byte[] portion, int count) throws IOException;
  }

  /**
   * Reads the values of a file, plain or gzip, which may be larger than memory.
   *
   * @param values takes them, in order
   * @throws DataException as {@link #read(Path)}
   * @throws IOException what {@code values} throws
   */
  public static void copy(Path file, Values values) throws IOException {
    try {
      read(
          file,
          parser -> {
            parser.copy(values);
            return null;
          });
    } catch (TargetException e) {
      throw e.failure;
    }
  }

  /** Failure of what takes values, not of the file that they come from. */
  static final class TargetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    TargetException(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private interface Reading<T> {
    T by(IdxParser parser) throws IOException;
  }

  private static <T> T read(Path file, Reading<T> reading) {
    InputFile.requireReadable(file);
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in, Files.size(file), reading);
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + IoReason.of(e), e);
    }
  }

  /**
   * Reads the bytes of a file, plain or gzip.
   *
   * @param name what to call the file in messages
   * @throws DataException as {@link #read(Path)}
   */
  public static IdxFile parse(String name, byte[] file) {
    try (InputStream in = new ByteArrayInputStream(file)) {
      return read(name, in, file.length, IdxParser::parse);
    } catch (IOException e) {
      throw new DataException(name + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private static <T> T read(String name, InputStream raw, long size, Reading<T> reading)
      throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    boolean gzip = GzipInput.isGzip(in.readNBytes(2));
    in.reset();
    if (!gzip) {
      return reading.by(new IdxParser(name, in, size));
    }
    try (InputStream unpacked = new GzipInput(in)) {
      long most = size * GzipInput.LARGEST_EXPANSION;
      return reading.by(new IdxParser(name + " (unpacked)", unpacked, most));
    }
  }
}
