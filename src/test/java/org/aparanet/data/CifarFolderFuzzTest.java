package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.aparanet.data.format.DataException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class CifarFolderFuzzTest {
  private static final int RECORD = 3073;
  private static Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("cifar");
    for (int i = 1; i <= 5; i++) {
      Files.write(folder.resolve("data_batch_" + i + ".bin"), new byte[RECORD]);
    }
  }

  @AfterAll
  static void removeFolder() throws IOException {
    for (Path file : ClassFolders.files(folder, litter -> {})) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  /** As they are, and up to whole records. */
  @FuzzTest(maxDuration = "60s")
  void anyBytesAreImagesOrAreRefusedInOneSentence(byte[] bytes) throws IOException {
    read(bytes);
    read(Arrays.copyOf(bytes, (bytes.length / RECORD + 1) * RECORD));
  }

  private static void read(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("test_batch.bin"), bytes);
    ImageSet images;
    try {
      images = DataSets.openSplit(folder.toString(), folder, Split.TEST);
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith(file + " has "), e.getMessage());
      return;
    }
    assertEquals(bytes.length, images.count() * RECORD);
    for (int i = 0; i < images.count(); i++) {
      assertEquals(bytes[i * RECORD], images.label(i));
      assertArrayEquals(
          Arrays.copyOfRange(bytes, i * RECORD + 1, (i + 1) * RECORD),
          Arrays.copyOfRange(images.pixels(), i * (RECORD - 1), (i + 1) * (RECORD - 1)));
    }
  }
}
