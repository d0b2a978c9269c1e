package org.aparanet.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.function.Function;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.IdxFile;
import org.aparanet.data.store.PixelSink;
import org.aparanet.model.Shape;

/**
 * Some images of an IDX file.
 *
 * @param file its address
 * @param height of an image
 * @param width of an image
 * @param transposed whether images stand column by column in the file
 * @param images their numbers in the file, in ascending order
 */
record IdxShard(URI file, int height, int width, boolean transposed, int[] images)
    implements ImageShard {

  @Override
  public int count() {
    return images.length;
  }

  @Override
  public int imageSize() {
    return height * width;
  }

  @Override
  public SortedMap<Integer, String> read(Function<URI, Path> paths, PixelSink sink)
      throws IOException {
    Path path = paths.apply(file);
    SelectingSink chosen = new SelectingSink(imageSize(), images, sink);
    IdxImages stream = new IdxImages(new Shape(1, height, width), transposed, chosen);
    IdxFile.copy(path, stream);
    if (!chosen.isFull()) {
      throw new DataException(path + " changed while it was read");
    }
    return Collections.emptySortedMap();
  }
}
