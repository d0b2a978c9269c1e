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
    InputFile.requireReadable(file);
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in, Files.size(file));
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
      return read(name, in, file.length);
    } catch (IOException e) {
      throw new DataException(name + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private static IdxFile read(String name, InputStream raw, long size) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    boolean gzip = GzipInput.isGzip(in.readNBytes(2));
    in.reset();
    if (!gzip) {
      return new IdxParser(name, in, size).parse();
    }
    try (InputStream unpacked = new GzipInput(in)) {
      return new IdxParser(name + " (unpacked)", unpacked, size * GzipInput.LARGEST_EXPANSION)
          .parse();
    }
  }
}
