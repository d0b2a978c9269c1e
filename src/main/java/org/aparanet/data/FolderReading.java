package org.aparanet.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aparanet.data.store.ImagePixels;
import org.aparanet.data.store.PixelKey;
import org.aparanet.data.store.PixelSink;
import org.aparanet.data.store.PixelStore;
import org.aparanet.data.store.StoredSet;
import org.aparanet.model.Shape;

/**
 * Reading of the image files of a set into memory or, a portion at a time, into a file of the
 * store. Files that are no image, or a damaged one, are left out.
 */
final class FolderReading {
  private final String name;
  private final List<Path> files;
  private final byte[] labels;
  private final Shape shape;
  private final PixelStore store;
  private final FileDecoding decoding;

  /**
   * @param name of the set, for messages
   * @param files in their order
   * @param labels class of each
   * @param shape what images are resized to
   */
  FolderReading(String name, List<Path> files, byte[] labels, Shape shape, PixelStore store) {
    this.name = name;
    this.files = files;
    this.labels = labels;
    this.shape = shape;
    this.store = store;
    decoding = new FileDecoding(files, shape, store.listener()::done);
  }

  /**
   * The images, in memory.
   *
   * @throws org.aparanet.data.format.DataException if a file cannot be read for a reason that is
   *     not its own
   */
  StoredSet inMemory() {
    byte[] pixels = new byte[Math.multiplyExact(files.size(), shape.size())];
    String[] problems;
    begin();
    try {
      problems = decoding.into(pixels);
    } finally {
      store.listener().end();
    }
    int good = decoding.compact(pixels, problems);
    return new StoredSet(
        ImagePixels.of(
            good == files.size() ? pixels : Arrays.copyOf(pixels, good * shape.size()),
            shape.size()),
        labels(problems),
        problems(problems));
  }

  /**
   * The images in a file of the store.
   *
   * @param source of them in words, with folder and part
   * @throws org.aparanet.data.format.DataException as above, or if there is no room for the file
   */
  StoredSet inFile(String source) {
    PixelKey.Builder key = new PixelKey.Builder(source + ", resized to " + shape, shape.size());
    files.forEach(key::addFile);
    key.add(labels);
    return store.open(name, key.build(), files.size(), this::readInto);
  }

  private PixelStore.Rest readInto(PixelSink sink) throws IOException {
    String[] problems;
    begin();
    try {
      problems = decoding.into(sink);
    } finally {
      store.listener().end();
    }
    return new PixelStore.Rest(labels(problems), problems(problems));
  }

  private void begin() {
    store.listener().begin("reading " + name, files.size());
  }

  private byte[] labels(String[] problems) {
    byte[] good = new byte[labels.length];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (problems[i] == null) {
        good[count++] = labels[i];
      }
    }
    return Arrays.copyOf(good, count);
  }

  private static List<String> problems(String[] problems) {
    List<String> found = new ArrayList<>();
    for (String problem : problems) {
      if (problem != null) {
        found.add(problem);
      }
    }
    found.sort(null);
    return found;
  }
}
