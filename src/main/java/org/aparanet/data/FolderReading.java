package org.aparanet.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.WrongFileException;
import org.aparanet.data.store.ImagePixels;
import org.aparanet.data.store.PixelKey;
import org.aparanet.data.store.PixelSink;
import org.aparanet.data.store.PixelStore;
import org.aparanet.data.store.StoredSet;
import org.aparanet.model.Shape;

/**
 * Reading of many image files on all processors, into memory or, a portion at a time, into a file
 * of the store. Files that are no image, or a damaged one, are left out.
 */
final class FolderReading {
  /** Bytes of pixels that are in memory on their way to a file. */
  private static final int PORTION = 1 << 24;

  private final String name;
  private final List<Path> files;
  private final byte[] labels;
  private final Shape shape;
  private final PixelStore store;
  private final AtomicLong done = new AtomicLong();

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
  }

  /**
   * The images, in memory.
   *
   * @throws DataException if a file cannot be read for a reason that is not its own
   */
  StoredSet inMemory() {
    byte[] pixels = new byte[Math.multiplyExact(files.size(), shape.size())];
    String[] problems;
    begin();
    try {
      problems = read(0, files.size(), pixels);
    } finally {
      store.listener().end();
    }
    int good = compact(pixels, problems);
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
   * @throws DataException as above, or if there is no room for the file
   */
  StoredSet inFile(String source) {
    PixelKey.Builder key = new PixelKey.Builder(source + ", resized to " + shape, shape.size());
    files.forEach(key::addFile);
    key.add(labels);
    return store.open(name, key.build(), files.size(), this::readInto);
  }

  private PixelStore.Rest readInto(PixelSink sink) throws IOException {
    int portion = Math.max(1, PORTION / shape.size());
    byte[] pixels = new byte[Math.multiplyExact(Math.min(portion, files.size()), shape.size())];
    String[] problems = new String[files.size()];
    begin();
    try {
      for (int from = 0; from < files.size(); from += portion) {
        int count = Math.min(portion, files.size() - from);
        String[] ofPortion = read(from, count, pixels);
        System.arraycopy(ofPortion, 0, problems, from, count);
        sink.write(pixels, 0, compact(pixels, ofPortion) * shape.size());
      }
    } finally {
      store.listener().end();
    }
    return new PixelStore.Rest(labels(problems), problems(problems));
  }

  private void begin() {
    store.listener().begin("reading " + name, files.size());
  }

  /**
   * Reads files into the first places of an array.
   *
   * @return what is wrong with each, or null
   */
  private String[] read(int first, int count, byte[] pixels) {
    String[] problems = new String[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              problems[i] = read(files.get(first + i), pixels, i * shape.size());
              store.listener().done(done.incrementAndGet());
            });
    return problems;
  }

  private String read(Path file, byte[] pixels, int offset) {
    try {
      ImageFile.read(file, shape, false).copy(0, pixels, offset);
      return null;
    } catch (WrongFileException e) {
      return e.getMessage();
    }
  }

  /**
   * Moves what could be read to the front.
   *
   * @return how many images that is
   */
  private int compact(byte[] pixels, String[] problems) {
    int size = shape.size();
    int kept = 0;
    for (int i = 0; i < problems.length; i++) {
      if (problems[i] == null) {
        if (kept < i) {
          System.arraycopy(pixels, i * size, pixels, kept * size, size);
        }
        kept++;
      }
    }
    return kept;
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
