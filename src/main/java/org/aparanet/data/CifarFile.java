package org.aparanet.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.store.PixelSink;
import org.aparanet.file.IoReason;
import org.aparanet.model.Shape;

/**
 * A binary file of CIFAR-10. Each image is a byte for the class and 3,072 for the pixels, as planes
 * of red, green and blue of 32 rows of 32.
 */
final class CifarFile {
  static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  static final Shape SHAPE = new Shape(3, 32, 32);

  private static final int RECORD = 1 + SHAPE.size();

  private CifarFile() {}

  /**
   * Number of images.
   *
   * @throws DataException if it cannot be read, or is no such file
   */
  static long count(Path file) {
    InputFile.requireReadable(file);
    try {
      long size = Files.size(file);
      if (size == 0 || size % RECORD != 0) {
        throw new DataException(
            "%s has %d bytes; expected a multiple of %d, for one byte of label and %d of pixels"
                .formatted(file, size, RECORD, SHAPE.size()));
      }
      return size / RECORD;
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + IoReason.of(e), e);
    }
  }

  /**
   * Reads a file.
   *
   * @param labels receives the classes, from {@code first} on
   * @param first number of the file's first image
   * @param pixels takes an image at a time
   * @return the number of the next file's first image
   * @throws DataException if it cannot be read, or is no such file
   * @throws IOException if {@code pixels} cannot take them
   */
  static int read(Path file, byte[] labels, int first, PixelSink pixels) throws IOException {
    int count = (int) count(file);
    try (InputStream in = new BufferedInputStream(open(file), 1 << 16)) {
      byte[] record = new byte[RECORD];
      for (int i = 0; i < count; i++) {
        if (next(file, in, record) < RECORD || first + i >= labels.length) {
          throw new DataException(file + " changed while it was read");
        }
        if ((record[0] & 0xFF) >= CLASSES.size()) {
          throw new DataException(
              "%s has label %d for image %d at byte %d; the largest allowed is %d"
                  .formatted(file, record[0] & 0xFF, i, (long) i * RECORD, CLASSES.size() - 1));
        }
        labels[first + i] = record[0];
        pixels.write(record, 1, SHAPE.size());
      }
    }
    return first + count;
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private static int next(Path file, InputStream in, byte[] record) {
    try {
      return in.readNBytes(record, 0, RECORD);
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + IoReason.of(e), e);
    }
  }
}
