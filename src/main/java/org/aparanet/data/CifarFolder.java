package org.aparanet.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.store.ImagePixels;
import org.aparanet.data.store.PixelKey;
import org.aparanet.data.store.PixelSink;
import org.aparanet.data.store.PixelStore;
import org.aparanet.data.store.StoredSet;
import org.aparanet.data.store.UnreadPixels;

/**
 * A folder with CIFAR-10 in its binary form (A. Krizhevsky, "Learning Multiple Layers of Features
 * from Tiny Images"): five {@linkplain CifarFile files} to train with and one to test with.
 */
final class CifarFolder implements DataSource {
  static final List<String> TRAIN_FILES =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
  static final String TEST_FILE = "test_batch.bin";

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
  public SurveyedSet survey() {
    byte[] labels = labels(Split.TRAIN, (int) count(Split.TRAIN), (bytes, from, length) -> {});
    ImageSet images =
        new ImageSet(
            name + " " + Split.TRAIN,
            CifarFile.SHAPE,
            new UnreadPixels(labels.length, CifarFile.SHAPE.size()),
            labels,
            CifarFile.CLASSES.size(),
            CifarFile.CLASSES);
    List<URI> files = files(Split.TRAIN).stream().map(Path::toUri).toList();
    return SurveyedSet.ofSoundFiles(
        images, () -> read(Split.TEST), chosen -> new CifarShard(files, labels.length, chosen));
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
    long count = files(split).stream().mapToLong(CifarFile::count).sum();
    if (count > MOST_IMAGES) {
      throw new DataException(
          folder + " has " + count + " images to " + split + "; at most " + MOST_IMAGES + " fit");
    }
    return count;
  }

  private long bytes(Split split) {
    return count(split) * CifarFile.SHAPE.size();
  }

  private ImageSet read(Split split, boolean inMemory) {
    String part = name + " " + split;
    int count = (int) count(split);
    byte[] labels;
    ImagePixels pixels;
    if (inMemory) {
      ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(count, CifarFile.SHAPE.size()));
      labels = labels(split, count, all::put);
      pixels = ImagePixels.of(all.array(), CifarFile.SHAPE.size());
    } else {
      StoredSet stored = inFile(part, split, count);
      labels = stored.labels();
      pixels = stored.pixels();
    }
    return new ImageSet(
        part, CifarFile.SHAPE, pixels, labels, CifarFile.CLASSES.size(), CifarFile.CLASSES);
  }

  private StoredSet inFile(String part, Split split, int count) {
    PixelKey.Builder key =
        new PixelKey.Builder(
            folder.toAbsolutePath().normalize() + ": " + part, CifarFile.SHAPE.size());
    files(split).forEach(key::addFile);
    return store.open(
        part, key.build(), count, sink -> new PixelStore.Rest(read(split, count, sink), List.of()));
  }

  /** As below, with a sink that never fails. */
  private byte[] labels(Split split, int count, PixelSink pixels) {
    try {
      return read(split, count, pixels);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what there is room for", e);
    }
  }

  /** Reads the pixels of a part, and returns the labels. */
  private byte[] read(Split split, int count, PixelSink pixels) throws IOException {
    byte[] labels = new byte[count];
    AtomicLong done = new AtomicLong();
    PixelSink counting =
        (bytes, from, length) -> {
          pixels.write(bytes, from, length);
          store.listener().done(done.incrementAndGet());
        };
    int first = 0;
    store.listener().begin("reading " + name + " " + split, count);
    try {
      for (Path file : files(split)) {
        first = CifarFile.read(file, labels, first, counting);
      }
    } finally {
      store.listener().end();
    }
    return labels;
  }

  private static Stream<String> names() {
    return Stream.concat(TRAIN_FILES.stream(), Stream.of(TEST_FILE));
  }

  private static boolean isThere(Path folder, String file) {
    return InputFile.isThere(folder.resolve(file));
  }
}
