package org.aparanet.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.aparanet.file.Digests;

/**
 * Expected digest of a file's content.
 *
 * @param algorithm which digest it is
 * @param hex the digest in small hexadecimal digits
 */
public record Digest(Algorithm algorithm, String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

  /** Digests that data sets are published with. */
  public enum Algorithm {
    /** Nobody can make another file with the same. */
    SHA256("SHA-256", 64, Digests::sha256),
    /** Tells of accidents, but not of somebody who means to deceive. */
    MD5("MD5", 32, Digests::md5);

    private final String title;
    private final int digits;
    private final Supplier<MessageDigest> begin;

    Algorithm(String title, int digits, Supplier<MessageDigest> begin) {
      this.title = title;
      this.digits = digits;
      this.begin = begin;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /**
   * Checks the values.
   *
   * @param algorithm which digest it is
   * @param hex the digest in small hexadecimal digits
   * @throws IllegalArgumentException if the digest does not have the algorithm's length, or is not
   *     hexadecimal
   */
  public Digest {
    if (hex.length() != algorithm.digits || !HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no %s; expected are %d small hexadecimal digits"
              .formatted(hex, algorithm, algorithm.digits));
    }
  }

  static Digest sha256(String hex) {
    return new Digest(Algorithm.SHA256, hex);
  }

  static Digest md5(String hex) {
    return new Digest(Algorithm.MD5, hex);
  }

  /** The digest of a file, by the same algorithm. */
  Digest of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = algorithm.begin.get();
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return new Digest(algorithm, HexFormat.of().formatHex(digest.digest()));
    }
  }

  /** Such as {@code SHA-256 0b36...}. */
  @Override
  public String toString() {
    return algorithm + " " + hex;
  }
}
