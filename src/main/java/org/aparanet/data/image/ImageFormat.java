package org.aparanet.data.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The formats of pictures that are read, told by their first bytes. */
public enum ImageFormat {
  PNG("\u0089PNG\r\n\u001A\n"),
  JPEG("\u00FF\u00D8\u00FF"),
  GIF("GIF87a", "GIF89a"),
  BMP("BM"),
  TIFF("II*\0", "MM\0*"),
  WEBP("RIFF");

  private static final byte[] WEBP_BEHIND = {'W', 'E', 'B', 'P'};

  private final byte[][] beginnings;

  ImageFormat(String... beginnings) {
    this.beginnings =
        Arrays.stream(beginnings)
            .map(beginning -> beginning.getBytes(StandardCharsets.ISO_8859_1))
            .toArray(byte[][]::new);
  }

  /**
   * The format of a file; empty if it is none of these.
   *
   * @param in which stands at its beginning afterwards
   */
  public static Optional<ImageFormat> of(ImageInput in) throws IOException {
    byte[] first = new byte[12];
    in.seek(0);
    byte[] there = Arrays.copyOf(first, Math.max(0, in.read(first, 0, first.length)));
    in.seek(0);
    return Arrays.stream(values()).filter(format -> format.isOf(there)).findFirst();
  }

  private boolean isOf(byte[] first) {
    return Arrays.stream(beginnings).anyMatch(beginning -> Bytes.startsWith(first, beginning))
        && (this != WEBP || Bytes.startsWith(first, 8, WEBP_BEHIND));
  }
}
