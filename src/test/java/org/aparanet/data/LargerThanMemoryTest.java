package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.data.augment.Augmenter;
import org.aparanet.data.augment.FillColor;
import org.aparanet.data.augment.PlaneShift;
import org.aparanet.data.format.DataException;
import org.aparanet.data.store.PixelStore;
import org.aparanet.data.store.ReadingListener;
import org.aparanet.data.store.TestStores;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets whose pixels are in a file are the same, in all that is made of them. */
class LargerThanMemoryTest {
  private static final Shape SHAPE = new Shape(3, 6, 5);

  @TempDir Path folder;

  private final Progress progress = new Progress();

  /** All that a listener is told. */
  private static final class Progress implements ReadingListener {
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    volatile long most;

    @Override
    public void accept(String sentence) {
      told.add(sentence);
    }

    @Override
    public void begin(String what, long images) {
      told.add("begin " + what + ": " + images);
      most = 0;
    }

    @Override
    public synchronized void done(long images) {
      most = Math.max(most, images);
    }

    @Override
    public void end() {
      told.add("end at " + most);
    }
  }

  private PixelStore inFiles() {
    return TestStores.inFiles(folder.resolve("pixels"), progress);
  }

  /** As a program sees it, wherever the pixels are. */
  private static void checkSame(ImageSet expected, ImageSet actual) {
    assertTrue(expected.stored().array().isPresent());
    assertTrue(actual.stored().array().isEmpty());
    checkContent(expected, actual);
    checkContent(expected.first(3), actual.first(3));
    checkContent(expected.only(2), actual.only(2));
    assertEquals(PixelStatistics.of(expected), PixelStatistics.of(actual));
    Holdout held = Holdout.of(expected, 0.3, 5);
    Holdout inFile = Holdout.of(actual, 0.3, 5);
    checkContent(held.train(), inFile.train());
    checkContent(held.validation(), inFile.validation());
    assertTrue(inFile.train().stored().array().isEmpty());
    ImageSet moved = PlaneShift.of(actual, 1, -1, FillColor.BLACK);
    assertTrue(moved.stored().array().isEmpty());
    checkContent(PlaneShift.of(expected, 1, -1, FillColor.BLACK), moved);
    Augmentation changes = Augmentation.parse("shift 1, rotate 9, flip, cutout 2");
    int[] order = {1, 0, 2};
    byte[][] made = new byte[2][3 * expected.shape().size()];
    ImageSet[] sets = {expected, actual};
    for (int i = 0; i < 2; i++) {
      new Augmenter(changes, expected.shape(), 3, FillColor.BLACK)
          .apply(sets[i], 1, order, 0, 3, made[i]);
    }
    assertArrayEquals(made[0], made[1]);
  }

  private static void checkContent(ImageSet expected, ImageSet actual) {
    assertEquals(expected.name(), actual.name());
    assertEquals(expected.shape(), actual.shape());
    assertEquals(expected.classNames(), actual.classNames());
    assertEquals(expected.classes(), actual.classes());
    assertArrayEquals(expected.labels(), actual.labels());
    assertArrayEquals(expected.pixels(), actual.pixels());
  }

  private static void checkSame(DataSource expected, DataSource actual) {
    DataSet set = expected.readAll();
    DataSet inFile = actual.readAll();
    checkSame(set.train(), inFile.train());
    checkSame(set.test(), inFile.test());
    checkContent(set.together(), inFile.together());
    checkContent(expected.readTogether(), actual.readTogether());
    checkContent(expected.read(Split.TEST), actual.read(Split.TEST));
  }

  private Path photos() throws IOException {
    Path photos = folder.resolve("photos");
    Random random = new Random(8);
    for (String name : List.of("cat", "dog")) {
      Path own = Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < 20; i++) {
        BufferedImage image = new BufferedImage(7, 8, BufferedImage.TYPE_3BYTE_BGR);
        for (int p = 0; p < 56; p++) {
          image.setRGB(p % 7, p / 7, random.nextInt());
        }
        ImageIO.write(image, "png", own.resolve(i + ".png").toFile());
      }
      Files.write(own.resolve("broken.png"), new byte[] {1, 2, 3});
    }
    return photos;
  }

  @Test
  void aFolderOfImages() throws IOException {
    Path photos = photos();
    checkSame(
        new ImageFolder("photos", photos, Optional.of(SHAPE), TestStores.inMemory()),
        new ImageFolder("photos", photos, Optional.of(SHAPE), inFiles()));
  }

  @Test
  void whatIsToldIsTheSameTheSecondTime() throws IOException {
    ImageFolder source = new ImageFolder("photos", photos(), Optional.of(SHAPE), inFiles());

    source.read(Split.TRAIN);
    List<String> first = List.copyOf(progress.told);
    progress.told.clear();
    source.read(Split.TRAIN);

    int files = Integer.parseInt(first.get(0).replaceAll("begin reading photos train: ", ""));
    assertEquals("end at " + files, first.get(1));
    List<String> leftOut = first.subList(3, first.size());
    assertEquals("photos train: 2 of " + files + " files left out:", leftOut.get(0));
    assertEquals(4, leftOut.size());
    assertEquals("begin checking the pixels of photos train: " + (files - 2), progress.told.get(0));
    assertEquals("end at " + (files - 2), progress.told.get(1));
    assertTrue(progress.told.get(2).startsWith("photos train: the pixels are in "));
    assertEquals(leftOut, progress.told.subList(3, progress.told.size()));
  }

  @Test
  void aFileThatChangedIsSeen() throws IOException {
    Path photos = photos();
    ImageSet before =
        new ImageFolder("photos", photos, Optional.of(SHAPE), inFiles()).readTogether();
    BufferedImage white = new BufferedImage(30, 30, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(white, "png", photos.resolve("cat/3.png").toFile());

    ImageSet after =
        new ImageFolder("photos", photos, Optional.of(SHAPE), inFiles()).readTogether();

    checkContent(
        new ImageFolder("photos", photos, Optional.of(SHAPE), TestStores.inMemory()).readTogether(),
        after);
    assertEquals(before.count(), after.count());
    try (Stream<Path> files = Files.list(folder.resolve("pixels"))) {
      assertEquals(1, files.count(), "the older file is gone");
    }
  }

  private static byte[] idx(int seed, int most, int... dimensions) {
    int count = 1;
    for (int dimension : dimensions) {
      count *= dimension;
    }
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length + count);
    file.put(new byte[] {0, 0, 8, (byte) dimensions.length});
    for (int dimension : dimensions) {
      file.putInt(dimension);
    }
    Random random = new Random(seed);
    while (file.hasRemaining()) {
      file.put((byte) (1 + random.nextInt(most)));
    }
    return file.array();
  }

  private void write(Path set, String name, byte[] content, boolean packed) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (packed) {
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(content);
      }
    } else {
      bytes.write(content);
    }
    Files.write(set.resolve(name + (packed ? ".gz" : "")), bytes.toByteArray());
  }

  private Path idxSet(IdxLayout layout, boolean packed) throws IOException {
    Path set = Files.createDirectories(folder.resolve("idx"));
    int count = 6000; // more than a portion of the parser
    for (Split split : Split.values()) {
      write(set, layout.images(split), idx(count, 255, count, 5, 7), packed);
      write(set, layout.labels(split), idx(count + 1, 4, count), packed);
      count = 40;
    }
    return set;
  }

  @ParameterizedTest
  @EnumSource
  void idxFiles(IdxLayout layout) throws IOException {
    for (boolean packed : new boolean[] {false, true}) {
      folder = Files.createDirectories(folder.resolve("" + packed));
      Path set = idxSet(layout, packed);
      checkSame(
          new IdxFolder("idx", set, layout, List.of(), TestStores.inMemory()),
          new IdxFolder("idx", set, layout, List.of(), inFiles()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void anIdxFileOfAnotherLengthIsRefusedAndNothingIsKept(int more) throws IOException {
    Path set = idxSet(IdxLayout.MNIST, false);
    Path images = set.resolve(IdxLayout.MNIST.images(Split.TRAIN));
    byte[] whole = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(whole, whole.length + more));
    IdxFolder source = new IdxFolder("idx", set, IdxLayout.MNIST, List.of(), inFiles());

    String message = assertThrows(DataException.class, source::readAll).getMessage();

    assertEquals(
        more < 0
            ? images
                + " has at most 210015 bytes; expected 210016 for the 6000x5x7 values declared"
                + " in its header"
            : images
                + " goes on at byte 210016; expected its end there after the 6000x5x7 values"
                + " declared in its header",
        message);
    Path pixels = folder.resolve("pixels");
    if (Files.isDirectory(pixels)) {
      try (Stream<Path> files = Files.list(pixels)) {
        assertEquals(0, files.count());
      }
    }
  }

  @Test
  void cifarFiles() throws IOException {
    Path set = Files.createDirectories(folder.resolve("cifar"));
    Random random = new Random(1);
    List<String> names = new ArrayList<>(CifarFolder.TRAIN_FILES);
    names.add(CifarFolder.TEST_FILE);
    for (String name : names) {
      byte[] records = new byte[4 * 3073];
      random.nextBytes(records);
      for (int i = 0; i < 4; i++) {
        records[i * 3073] = (byte) random.nextInt(10);
      }
      Files.write(set.resolve(name), records);
    }
    checkSame(
        new CifarFolder("cifar", set, TestStores.inMemory()),
        new CifarFolder("cifar", set, inFiles()));
  }
}
