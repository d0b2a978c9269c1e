package org.aparanet.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import javax.imageio.IIOException;
import org.junit.jupiter.api.Test;

class JpegInputTest {

  private static JpegInput scans(int count) {
    byte[] file = new byte[2 * count];
    for (int i = 0; i < count; i++) {
      file[2 * i] = (byte) 0xFF;
      file[2 * i + 1] = (byte) 0xDA;
    }
    return new JpegInput(new byte[0], new ImageInput(file), 0);
  }

  /** However a decoder reads: here each marker is divided between two reads. */
  @Test
  void scansAreCountedByteByByte() throws IOException {
    try (JpegInput most = scans(500);
        JpegInput more = scans(501)) {
      for (int i = 0; i < 500; i++) {
        assertEquals(0xFF, most.read());
        assertEquals(0xDA, most.read());
        more.read();
        more.read();
      }
      assertEquals(-1, most.read());
      assertEquals(0xFF, more.read());
      assertEquals(
          "it has more than 500 scans", assertThrows(IIOException.class, more::read).getMessage());
    }
  }
}
