package org.aparanet.data.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Optional;
import org.aparanet.data.format.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataMemoryTest {
  @AfterEach
  void forget() {
    System.clearProperty(DataMemory.MEMORY);
    System.clearProperty(DataMemory.FOLDER);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "17, 17",
    "2k, 2048",
    "3M, 3145728",
    "5g, 5368709120",
    "999999999999g, 9223372035781033984"
  })
  void sizesAreTakenAsJavaTakesThem(String text, long bytes) {
    System.setProperty(DataMemory.MEMORY, text);
    assertEquals(bytes, DataMemory.most());
  }

  @Test
  void otherwiseItIsAQuarterOfTheHeap() {
    assertEquals(Runtime.getRuntime().maxMemory() / 4, DataMemory.most());
    assertEquals(Optional.empty(), DataMemory.folder());
  }

  @Test
  void whatIsNoSizeIsRefused() {
    for (String text : new String[] {"", "-1", "1t", "many", "1.5g"}) {
      System.setProperty(DataMemory.MEMORY, text);
      assertEquals(
          "system property aparanet.data.memory is \""
              + text
              + "\"; it takes a number of bytes, or one with k, m or g behind it, such as 512m",
          assertThrows(DataException.class, DataMemory::most).getMessage());
    }
  }

  @Test
  void theFolderIsBesideTheDataUnlessAnotherIsNamed() {
    assertEquals(Path.of("data", "pixels"), PixelFolder.beside(Path.of("data")).path());
    System.setProperty(DataMemory.FOLDER, "elsewhere");
    assertEquals(Path.of("elsewhere"), PixelFolder.beside(Path.of("data")).path());
    System.setProperty(DataMemory.FOLDER, "a\0b");
    assertThrows(DataException.class, () -> PixelFolder.beside(Path.of("data")));
  }
}
