package org.aparanet.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.store.ImagePixels;
import org.aparanet.data.store.PixelKey;
import org.aparanet.data.store.PixelSink;
import org.aparanet.data.store.PixelStore;
import org.aparanet.data.store.StoredSet;
import org.aparanet.file.IoReason;
import org.aparanet.model.Shape;

/**
 * A folder with CIFAR-10 in its binary form (A. Krizhevsky, "Learning Multiple Layers of Features
 * from Tiny Images"): five files to train with and one to test with. Each image is a byte for the
 * class and 3,072 for the pixels, as planes of red, green and blue of 32 rows of 32.
 */
final class CifarFolder implements DataSource {
  static final List<String> TRAIN_FILES =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
  static final String TEST_FILE = "test_batch.bin";

  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final Shape SHAPE = new Shape(3, 32, 32);
  private static final int RECORD = 1 + SHAPE.size();
  private static final int MOST_IMAGES = Integer.MAX_VALUE - 8; // of an array of labels

  private final String name;
  private final Path folder;
  private final PixelStore store;

  /**
   * @param name what to call the data set in messages
   * @param store of the pixels, where they are more than memory has room for
   * @throws DataException if one of the files is missing
   */
  CifarFolder(String name, Path folder, PixelStore store) {
    this.name = name;
    this.folder = folder;
    this.store = store;
    List<String> missing = names().filter(file -> !isThere(folder, file)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          folder + " has no file " + String.join(" and no file ", missing) + " of CIFAR-10");
    }
  }

  /** Whether any of the files is there. */
  static boolean isOne(Path folder) {
    return names().anyMatch(file -> isThere(folder, file));
  }

  /** Whether all files are there. */
  static boolean isComplete(Path folder) {
    return names().allMatch(file -> isThere(folder, file));
  }

  @Override
  public DataSet readAll() {
    boolean inMemory = store.keepsInMemory(bytes(Split.TRAIN), bytes(Split.TEST));
    return new DataSet(read(Split.TRAIN, inMemory), read(Split.TEST, inMemory));
  }

  @Override
  public boolean holds(Path file) {
    return names().map(folder::resolve).anyMatch(own -> InputFile.isSame(own, file));
  }

  @Override
  public ImageSet read(Split split) {
    return read(split, store.keepsInMemory(bytes(split)));
  }

  private List<Path> files(Split split) {
    return (split == Split.TRAIN ? TRAIN_FILES.stream() : Stream.of(TEST_FILE))
        .map(folder::resolve)
        .toList();
  }

  /** Number of images of a part. */
  private long count(Split split) {
    long count = files(split).stream().mapToLong(CifarFolder::count).sum();
    if (count > MOST_IMAGES) {
      throw new DataException(
          folder + " has " + count + " images to " + split + "; at most " + MOST_IMAGES + " fit");
    }
    return count;
  }

  private long bytes(Split split) {
    return count(split) * SHAPE.size();
  }

  private ImageSet read(Split split, boolean inMemory) {
    String part = name + " " + split;
    int count = (int) count(split);
    byte[] labels;
    ImagePixels pixels;
    if (inMemory) {
      ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(count, SHAPE.size()));
      labels = inMemory(split, count, all);
      pixels = ImagePixels.of(all.array(), SHAPE.size());
    } else {
      StoredSet stored = inFile(part, split, count);
      labels = stored.labels();
      pixels = stored.pixels();
    }
    return new ImageSet(part, SHAPE, pixels, labels, CLASSES.size(), CLASSES);
  }

  private byte[] inMemory(Split split, int count, ByteBuffer pixels) {
    try {
      return read(split, count, pixels::put);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what there is room for", e);
    }
  }

  private StoredSet inFile(String part, Split split, int count) {
    PixelKey.Builder key =
        new PixelKey.Builder(folder.toAbsolutePath().normalize() + ": " + part, SHAPE.size());
    files(split).forEach(key::addFile);
    return store.open(
        part, key.build(), count, sink -> new PixelStore.Rest(read(split, count, sink), List.of()));
  }

  /** Reads the pixels of a part, and returns the labels. */
  private byte[] read(Split split, int count, PixelSink pixels) throws IOException {
    byte[] labels = new byte[count];
    int first = 0;
    store.listener().begin("reading " + name + " " + split, count);
    try {
      for (Path file : files(split)) {
        first = read(file, labels, first, pixels);
      }
    } finally {
      store.listener().end();
    }
    return labels;
  }

  private static long count(Path file) {
    InputFile.requireReadable(file);
    try {
      long size = Files.size(file);
      if (size == 0 || size % RECORD != 0) {
        throw new DataException(
            "%s has %d bytes; expected a multiple of %d, for one byte of label and %d of pixels"
                .formatted(file, size, RECORD, SHAPE.size()));
      }
      return size / RECORD;
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + IoReason.of(e), e);
    }
  }

  /** Reads a file, and returns the number of images so far. */
  private int read(Path file, byte[] labels, int first, PixelSink pixels) throws IOException {
    int count = (int) count(file);
    try (InputStream in = new BufferedInputStream(open(file), 1 << 16)) {
      byte[] record = new byte[RECORD];
      for (int i = 0; i < count; i++) {
        if (next(file, in, record) < RECORD || first + i >= labels.length) {
          throw new DataException(file + " changed while it was read");
        }
        if ((record[0] & 0xFF) >= CLASSES.size()) {
          throw new DataException(
              "%s has label %d for image %d at byte %d; the largest allowed is %d"
                  .formatted(file, record[0] & 0xFF, i, (long) i * RECORD, CLASSES.size() - 1));
        }
        labels[first + i] = record[0];
        pixels.write(record, 1, SHAPE.size());
        store.listener().done(first + i + 1);
      }
    }
    return first + count;
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private static int next(Path file, InputStream in, byte[] record) {
    try {
      return in.readNBytes(record, 0, RECORD);
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private static Stream<String> names() {
    return Stream.concat(TRAIN_FILES.stream(), Stream.of(TEST_FILE));
  }

  private static boolean isThere(Path folder, String file) {
    return InputFile.isThere(folder.resolve(file));
  }
}
