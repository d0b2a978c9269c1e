package org.aparanet.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.data.format.IdxFile;
import org.aparanet.data.format.Transposition;
import org.aparanet.data.store.ImagePixels;
import org.aparanet.data.store.PixelKey;
import org.aparanet.data.store.PixelSink;
import org.aparanet.data.store.PixelStore;
import org.aparanet.model.Shape;

/**
 * Images of an IDX file that are more than memory has room for, on their way to a file of the
 * store.
 */
final class IdxStreaming {
  private final Path file;
  private final Shape shape;
  private final boolean transposed;
  private final PixelStore store;
  private final byte[] image; // as it stands in the file
  private final byte[] upright;
  private int filled;
  private long done;

  /**
   * @param file of the images
   * @param shape of one image
   * @param transposed whether images stand column by column in the file
   */
  IdxStreaming(Path file, Shape shape, boolean transposed, PixelStore store) {
    this.file = file;
    this.shape = shape;
    this.transposed = transposed;
    this.store = store;
    image = new byte[shape.size()];
    upright = transposed ? new byte[shape.size()] : image;
  }

  /**
   * The images in a file of the store.
   *
   * @param name of the set, for messages
   * @param labels of the images, which tell their number
   */
  ImagePixels inFile(String name, byte[] labels) {
    PixelKey key =
        new PixelKey.Builder(
                file.getParent().toAbsolutePath().normalize() + ": " + name, shape.size())
            .add("" + transposed)
            .addFile(file)
            .add(labels)
            .build();
    return store.open(name, key, labels.length, sink -> read(name, labels, sink)).pixels();
  }

  private PixelStore.Rest read(String name, byte[] labels, PixelSink sink) throws IOException {
    store.listener().begin("reading " + name, labels.length);
    try {
      IdxFile.copy(file, (portion, count) -> take(portion, count, sink));
    } finally {
      store.listener().end();
    }
    return new PixelStore.Rest(labels, List.of());
  }

  /** Puts values together to images. */
  private void take(byte[] portion, int count, PixelSink sink) throws IOException {
    for (int from = 0; from < count; ) {
      int part = Math.min(count - from, image.length - filled);
      System.arraycopy(portion, from, image, filled, part);
      from += part;
      filled += part;
      if (filled == image.length) {
        if (transposed) {
          Transposition.of(image, upright, 0, shape.width(), shape.height());
        }
        sink.write(upright, 0, upright.length);
        filled = 0;
        store.listener().done(++done);
      }
    }
  }
}
