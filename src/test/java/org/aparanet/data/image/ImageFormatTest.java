package org.aparanet.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageFormatTest {

  private static Optional<ImageFormat> of(String file) throws IOException {
    try (ImageInput in = new ImageInput(file.getBytes(StandardCharsets.ISO_8859_1))) {
      return ImageFormat.of(in);
    }
  }

  /** A sound begins with the same four bytes as a WebP. */
  @Test
  void ofWhatIsARiffOnlyAWebPIsAPicture() throws IOException {
    assertEquals(Optional.of(ImageFormat.WEBP), of("RIFF\0\0\0\0WEBPVP8 "));
    assertEquals(Optional.empty(), of("RIFF\0\0\0\0WAVEfmt "));
    assertEquals(Optional.empty(), of("RIFF\0\0\0\0WEB"));
  }
}
