package org.aparanet.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.aparanet.data.store.PixelSink;
import org.aparanet.model.Shape;

/**
 * Image files, to be resized to one shape.
 *
 * @param files their addresses, in order
 * @param channels of the shape
 * @param height of the shape
 * @param width of the shape
 */
record ImageFileShard(List<URI> files, int channels, int height, int width) implements ImageShard {

  @Override
  public int count() {
    return files.size();
  }

  @Override
  public int imageSize() {
    return channels * height * width;
  }

  @Override
  public SortedMap<Integer, String> read(Function<URI, Path> paths, PixelSink sink)
      throws IOException {
    Shape shape = new Shape(channels, height, width);
    String[] problems =
        new FileDecoding(files.stream().map(paths).toList(), shape, done -> {}).into(sink);
    SortedMap<Integer, String> found = new TreeMap<>();
    for (int i = 0; i < problems.length; i++) {
      if (problems[i] != null) {
        found.put(i, problems[i]);
      }
    }
    return Collections.unmodifiableSortedMap(found);
  }
}
