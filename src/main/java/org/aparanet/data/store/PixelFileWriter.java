package org.aparanet.data.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.aparanet.file.PendingFile;

/** Writer of a {@link PixelFile}, which has its name only when it is complete. */
final class PixelFileWriter implements PixelSink, Closeable {
  private final Path path;
  private final PixelKey key;
  private final PendingFile file;
  private final CRC32C checksum = new CRC32C();
  private int[] checksums = new int[16];
  private long written; // bytes of pixels

  /**
   * @throws IOException if no such file can be written
   */
  PixelFileWriter(Path path, PixelKey key) throws IOException {
    this.path = path;
    this.key = key;
    file = new PendingFile(path);
    try {
      put(ByteBuffer.wrap(PixelFile.header()));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int left = PixelFile.BLOCK - (int) (written % PixelFile.BLOCK);
      int count = Math.min(left, length - done);
      checksum.update(bytes, from + done, count);
      put(ByteBuffer.wrap(bytes, from + done, count));
      written += count;
      done += count;
      if (written % PixelFile.BLOCK == 0) {
        endBlock();
      }
    }
  }

  private void endBlock() {
    int block = (int) ((written - 1) / PixelFile.BLOCK);
    if (block == checksums.length) {
      checksums = Arrays.copyOf(checksums, 2 * block);
    }
    checksums[block] = (int) checksum.getValue();
    checksum.reset();
  }

  /**
   * Completes the file and gives it its name.
   *
   * @param labels of as many images as were written
   * @param problems sentences about images that were left out
   * @throws IllegalArgumentException if there are other images than labels
   */
  PixelFile publish(byte[] labels, List<String> problems) throws IOException {
    if (written != (long) labels.length * key.imageSize()) {
      throw new IllegalArgumentException(written + " bytes for " + labels.length + " labels");
    }
    if (written % PixelFile.BLOCK != 0) {
      endBlock();
    }
    int blocks = (int) ((written + PixelFile.BLOCK - 1) / PixelFile.BLOCK);
    PixelTrailer trailer =
        new PixelTrailer(key, labels, List.copyOf(problems), Arrays.copyOf(checksums, blocks));
    put(ByteBuffer.wrap(PixelFile.end(trailer)));
    file.publish();
    return new PixelFile(path, trailer);
  }

  private void put(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.channel().write(bytes);
    }
  }

  /** Removes the file, unless it is complete. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
