package org.aparanet.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests that tell contents apart; every Java platform has them. */
public final class Digests {
  private Digests() {}

  /** {@return a SHA-256 of nothing yet} */
  public static MessageDigest sha256() {
    return begin("SHA-256");
  }

  /** {@return an MD5 of nothing yet} */
  public static MessageDigest md5() {
    return begin("MD5");
  }

  private static MessageDigest begin(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
