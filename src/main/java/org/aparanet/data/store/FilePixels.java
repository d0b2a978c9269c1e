package org.aparanet.data.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.Printable;
import org.aparanet.file.IoReason;
import org.aparanet.file.SteadyFile;

/**
 * Pixels in a file, each image read where it stands when it is wanted. The system keeps in memory
 * what of the file there is room for.
 *
 * <p>The file is not mapped: of a mapping, Java tells late or not at all that the disk fails or the
 * file was cut off, a mapped file can neither be replaced nor removed on Windows, and to read one
 * image at a time costs next to nothing beside what is done with it.
 */
final class FilePixels implements ImagePixels {
  private final SteadyFile file;
  private final Path path;
  private final long first;
  private final int count;
  private final int imageSize;

  /**
   * Opens a file, which is closed when this is no longer used.
   *
   * @param first where the first image begins
   */
  FilePixels(Path path, long first, int count, int imageSize) throws IOException {
    this.path = path;
    this.first = first;
    this.count = count;
    this.imageSize = imageSize;
    file = SteadyFile.read(path);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int imageSize() {
    return imageSize;
  }

  @Override
  public void copy(int image, byte[] target, int to) {
    Objects.checkIndex(image, count);
    ByteBuffer place = ByteBuffer.wrap(target, to, imageSize);
    long from = first + (long) image * imageSize - to;
    try {
      while (place.hasRemaining()) {
        if (file.read(place, from + place.position()) < 0) {
          throw failure("it was cut off", null);
        }
      }
    } catch (IOException e) {
      throw failure(IoReason.of(e), e);
    }
  }

  private DataException failure(String reason, IOException cause) {
    return new DataException(
        Printable.of(path.toString()) + " can no longer be read: " + reason, cause);
  }
}
