package org.aparanet.data.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.aparanet.file.Digests;

/**
 * What a file of pixels was made from. Where anything of that changes, so does the file's name.
 *
 * @param source the set in words, with its folder, part and shape: what an older file of the same
 *     is told by
 * @param imageSize bytes of an image
 * @param digest of all that the pixels depend on, in hexadecimal digits
 */
public record PixelKey(String source, int imageSize, String digest) {

  /**
   * Says how images become pixels. Whoever changes that, for any image, raises it: {@code
   * PixelKeyTest} asks for it.
   */
  static final int DECODING = 1;

  private static final int NAME_DIGITS = 32;

  /** Collects what the pixels of a set depend on. */
  public static final class Builder {
    private final String source;
    private final int imageSize;
    private final MessageDigest digest;

    /**
     * Begins with the set.
     *
     * @param source the set in words, with its folder, part and shape
     * @param imageSize bytes of an image
     */
    public Builder(String source, int imageSize) {
      this.source = source;
      this.imageSize = imageSize;
      digest = Digests.sha256();
      add(source)
          .add("" + imageSize)
          .add("" + DECODING)
          .add("" + PixelFile.FORMAT)
          .add(
              System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
    }

    /**
     * Adds something.
     *
     * @param text anything
     * @return this
     */
    public Builder add(String text) {
      return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds bytes.
     *
     * @param bytes anything
     * @return this
     */
    public Builder add(byte[] bytes) {
      digest.update((bytes.length + " ").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
      return this;
    }

    /**
     * Adds a file, by its path and by what of it changes with its content: its size, and when it
     * was modified.
     *
     * @param file that may be missing: reading it tells why
     * @return this
     */
    public Builder addFile(Path file) {
      add(file.toAbsolutePath().normalize().toString());
      try {
        BasicFileAttributes there = Files.readAttributes(file, BasicFileAttributes.class);
        return add(there.size() + " " + there.lastModifiedTime());
      } catch (IOException e) {
        return add("unknown");
      }
    }

    /** {@return the key} */
    public PixelKey build() {
      return new PixelKey(source, imageSize, HexFormat.of().formatHex(digest.digest()));
    }
  }

  /** Name of the file, which is short enough to stand whole in that of a temporary one. */
  String fileName() {
    return digest.substring(0, NAME_DIGITS) + PixelFile.ENDING;
  }
}
