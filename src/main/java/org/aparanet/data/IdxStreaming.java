package org.aparanet.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.data.format.IdxFile;
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
      PixelSink counting =
          (bytes, from, length) -> {
            sink.write(bytes, from, length);
            store.listener().done(++done);
          };
      IdxFile.copy(file, new IdxImages(shape, transposed, counting));
    } finally {
      store.listener().end();
    }
    return new PixelStore.Rest(labels, List.of());
  }
}
