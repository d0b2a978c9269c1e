package org.aparanet.data.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands behind the pixels of a {@link PixelFile}.
 *
 * @param key what they were made from
 * @param labels class of each image; their number is that of the images
 * @param problems sentences about images that were left out
 * @param checksums of the pixels, one for each {@link PixelFile#BLOCK} bytes
 */
record PixelTrailer(PixelKey key, byte[] labels, List<String> problems, int[] checksums) {

  /** Bytes of all images. */
  long pixelBytes() {
    return (long) labels.length * key.imageSize();
  }

  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, key.source());
      out.writeInt(key.imageSize());
      write(out, key.digest());
      out.writeInt(labels.length);
      out.write(labels);
      out.writeInt(problems.size());
      for (String problem : problems) {
        write(out, problem);
      }
      out.writeInt(checksums.length);
      for (int checksum : checksums) {
        out.writeInt(checksum);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory are always written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @param bytes whose checksum is right
   * @throws IOException if they are something else all the same
   */
  static PixelTrailer decoded(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String source = text(in);
      int imageSize = in.readInt();
      PixelKey key = new PixelKey(source, imageSize, text(in));
      byte[] labels = exactly(in, in.readInt());
      List<String> problems = new ArrayList<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        problems.add(text(in));
      }
      int[] checksums = new int[Math.min(in.readInt(), in.available() / Integer.BYTES)];
      for (int i = 0; i < checksums.length; i++) {
        checksums[i] = in.readInt();
      }
      return new PixelTrailer(key, labels, problems, checksums);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(exactly(in, in.readInt()), StandardCharsets.UTF_8);
  }

  private static byte[] exactly(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new IOException("a length of " + length);
    }
    return in.readNBytes(length);
  }
}
