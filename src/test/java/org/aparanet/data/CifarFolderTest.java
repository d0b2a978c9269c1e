package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.aparanet.data.format.DataException;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFolderTest {
  private static final int RECORD = 3073;

  @TempDir Path folder;

  /** Two images in each file, filled with the number of the file, and of the image in the test. */
  @BeforeEach
  void writeSmallSet() throws IOException {
    for (int i = 1; i <= 5; i++) {
      write("data_batch_" + i + ".bin", records(i, i, 9, 10 + i));
    }
    write("test_batch.bin", records(3, 200, 0, 201));
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /** Pairs of label and value of all pixels. */
  private static byte[] records(int... labelsAndValues) {
    byte[] records = new byte[labelsAndValues.length / 2 * RECORD];
    for (int i = 0; i < labelsAndValues.length / 2; i++) {
      Arrays.fill(records, i * RECORD, (i + 1) * RECORD, (byte) labelsAndValues[2 * i + 1]);
      records[i * RECORD] = (byte) labelsAndValues[2 * i];
    }
    return records;
  }

  private String refusal() {
    return assertThrows(DataException.class, () -> DataSets.open(folder.toString(), folder))
        .getMessage();
  }

  @Test
  void readsAllFilesInOrder() {
    DataSet set = DataSets.open(folder.toString(), folder);

    assertEquals(new Shape(3, 32, 32), set.train().shape());
    assertArrayEquals(new byte[] {1, 9, 2, 9, 3, 9, 4, 9, 5, 9}, set.train().labels());
    for (int i = 0; i < 10; i++) {
      int value = i / 2 + 1 + (i % 2 == 0 ? 0 : 10);
      assertEquals(value, set.train().pixels()[i * 3072]);
      assertEquals(value, set.train().pixels()[i * 3072 + 3071]);
    }
    assertArrayEquals(new byte[] {3, 0}, set.test().labels());
    assertEquals("cat", set.test().classNames().get(set.test().label(0)));
    assertEquals(
        List.of(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck"),
        set.test().classNames());
  }

  @Test
  void filesOfDifferentLengthsFollowOneAnother() throws IOException {
    write("data_batch_1.bin", records(1, 11));
    write("data_batch_2.bin", records(2, 12, 3, 13));
    write("data_batch_3.bin", records(4, 14, 5, 15, 6, 16));
    write("data_batch_4.bin", records(7, 17));
    write("data_batch_5.bin", records(8, 18));

    ImageSet train = DataSets.open(folder.toString(), folder).train();

    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, train.labels());
    assertEquals(8 * 3072, train.pixels().length);
    for (int i = 0; i < 8; i++) {
      assertEquals(11 + i, train.pixels()[i * 3072]);
      assertEquals(11 + i, train.pixels()[i * 3072 + 3071]);
    }
  }

  @Test
  void planesStayRedGreenBlue() throws IOException {
    byte[] record = records(0, 0);
    record[1] = 7; // red of the first pixel
    record[1 + 1024] = 8;
    record[1 + 2048] = 9;
    write("test_batch.bin", record);
    byte[] pixels = DataSets.openSplit(folder.toString(), folder, Split.TEST).pixels();
    assertEquals(7, pixels[0]);
    assertEquals(8, pixels[1024]);
    assertEquals(9, pixels[2048]);
  }

  @Test
  void isFoundByName() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path named = Files.createDirectory(data.resolve("cifar10"));
    assertEquals(
        "data set cifar10 is not in " + named + "; \"aparanet data fetch cifar10\" brings it there",
        assertThrows(DataException.class, () -> DataSets.open("cifar10", data)).getMessage());
    for (Path file : ClassFolders.files(folder, litter -> {})) {
      Files.move(file, named.resolve(file.getFileName()));
    }
    assertEquals("cifar10 train", DataSets.open("cifar10", data).train().name());
  }

  @Test
  void refusesBrokenFiles() throws IOException {
    Path file = write("data_batch_2.bin", records(10, 1));
    assertEquals(file + " has label 10 for image 0 at byte 0; the largest allowed is 9", refusal());
    write("data_batch_2.bin", new byte[RECORD + 1]);
    assertEquals(
        file
            + " has 3074 bytes; expected a multiple of 3073, for one byte of label and 3072 of"
            + " pixels",
        refusal());
    write("data_batch_2.bin", new byte[0]);
    assertTrue(refusal().startsWith(file + " has 0 bytes"), refusal());
    Files.delete(file);
    assertEquals(folder + " has no file data_batch_2.bin of CIFAR-10", refusal());
  }
}
