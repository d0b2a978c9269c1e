package org.aparanet.data;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.Function;
import org.aparanet.data.store.PixelSink;

/** Some images of a set, described so that another process can read them, and them alone. */
public interface ImageShard extends Serializable {

  /** {@return the number of images} */
  int count();

  /** {@return the bytes of an image} */
  int imageSize();

  /**
   * Reads the images.
   *
   * @param paths the path of a file by its address, such as {@code file:///data/cat/1.jpg}
   * @param sink takes their pixels in order, without images that are left out
   * @return a sentence for each image that is left out, by its place among these
   * @throws IOException if the sink has no room
   * @throws org.aparanet.data.format.DataException if a file cannot be read for a reason that is
   *     not its own, or is not what it was
   */
  SortedMap<Integer, String> read(Function<URI, Path> paths, PixelSink sink) throws IOException;
}
