package org.aparanet.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.InputFile;
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
  private static final int MOST_IMAGES = (Integer.MAX_VALUE - 8) / RECORD;

  private final String name;
  private final Path folder;

  /**
   * @param name what to call the data set in messages
   * @throws DataException if one of the files is missing
   */
  CifarFolder(String name, Path folder) {
    this.name = name;
    this.folder = folder;
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
    return new DataSet(read(Split.TRAIN), read(Split.TEST));
  }

  @Override
  public boolean holds(Path file) {
    return names().map(folder::resolve).anyMatch(own -> InputFile.isSame(own, file));
  }

  @Override
  public ImageSet read(Split split) {
    List<Path> files =
        (split == Split.TRAIN ? TRAIN_FILES.stream() : Stream.of(TEST_FILE))
            .map(folder::resolve)
            .toList();
    long[] counts = files.stream().mapToLong(CifarFolder::count).toArray();
    long count = Arrays.stream(counts).sum();
    if (count > MOST_IMAGES) {
      throw new DataException(
          folder + " has " + count + " images to " + split + "; at most " + MOST_IMAGES + " fit");
    }
    byte[] pixels = new byte[(int) count * SHAPE.size()];
    byte[] labels = new byte[(int) count];
    int first = 0;
    for (int i = 0; i < counts.length; i++) {
      read(files.get(i), first, (int) counts[i], pixels, labels);
      first += (int) counts[i];
    }
    return new ImageSet(name + " " + split, SHAPE, pixels, labels, CLASSES.size(), CLASSES);
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

  private static void read(Path file, int first, int count, byte[] pixels, byte[] labels) {
    try {
      byte[] records = Files.readAllBytes(file);
      if (records.length != count * RECORD) {
        throw new DataException(file + " changed while it was read");
      }
      for (int i = 0; i < count; i++) {
        byte label = records[i * RECORD];
        if ((label & 0xFF) >= CLASSES.size()) {
          throw new DataException(
              "%s has label %d for image %d at byte %d; the largest allowed is %d"
                  .formatted(file, label & 0xFF, i, (long) i * RECORD, CLASSES.size() - 1));
        }
        labels[first + i] = label;
        System.arraycopy(records, i * RECORD + 1, pixels, (first + i) * SHAPE.size(), SHAPE.size());
      }
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
