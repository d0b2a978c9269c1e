package org.aparanet.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.aparanet.data.format.DataException;
import org.aparanet.data.store.PixelSink;

/**
 * Some images of the files of CIFAR-10.
 *
 * @param files their addresses, in order
 * @param all images of all files
 * @param images numbers of those of the shard in all files, in ascending order
 */
record CifarShard(List<URI> files, int all, int[] images) implements ImageShard {

  @Override
  public int count() {
    return images.length;
  }

  @Override
  public int imageSize() {
    return CifarFile.SHAPE.size();
  }

  @Override
  public SortedMap<Integer, String> read(Function<URI, Path> paths, PixelSink sink)
      throws IOException {
    byte[] labels = new byte[all];
    SelectingSink chosen = new SelectingSink(imageSize(), images, sink);
    int first = 0;
    for (URI file : files) {
      first = CifarFile.read(paths.apply(file), labels, first, chosen);
    }
    if (first != all) {
      throw new DataException("the files of CIFAR-10 changed while they were read");
    }
    return Collections.emptySortedMap();
  }
}
