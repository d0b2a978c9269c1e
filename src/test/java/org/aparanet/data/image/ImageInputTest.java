package org.aparanet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInputTest {
  @TempDir Path folder;

  /** Reading in pieces of its own must not show. */
  @Test
  void whateverIsReadFromAnywhereIsWhatTheFileHas() throws IOException {
    byte[] bytes = new byte[100_000];
    Random random = new Random(2);
    random.nextBytes(bytes);
    Path file = Files.write(folder.resolve("file"), bytes);
    try (ImageInput in = new ImageInput(file)) {
      assertEquals(bytes.length, in.length());
      for (int i = 0; i < 2000; i++) {
        int place = random.nextInt(bytes.length + 1);
        byte[] target = new byte[1 + random.nextInt(i % 3 == 0 ? 60_000 : 300)];
        in.seek(place);
        int expected = Math.min(target.length, bytes.length - place);
        int read = 0;
        int more;
        while (read < expected && (more = in.read(target, read, target.length - read)) > 0) {
          read += more;
        }
        assertEquals(expected, read, "from " + place);
        assertArrayEquals(
            Arrays.copyOfRange(bytes, place, place + expected), Arrays.copyOf(target, expected));
      }
      in.seek(bytes.length);
      assertEquals(-1, in.read());
      assertEquals(-1, in.read(new byte[70_000]));
      in.seek(0);
      assertEquals(bytes[0] & 0xFF, in.read());
    }
  }
}
