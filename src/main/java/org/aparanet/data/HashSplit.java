package org.aparanet.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.aparanet.file.Digests;

/**
 * Divides things with names into two parts by a hash of their names, and by nothing else: a name
 * stays in its part whatever is added or removed beside it, so that an image that a network has
 * learned from never gets into a later test. That is why no part is promised to have one of a few:
 * whatever lent one to it would have to take it back when others come.
 */
final class HashSplit {
  /** Of 2^32 possible hashes, those below this are of the test: 20 %. */
  private static final long TEST_BELOW = (1L << 32) / 5;

  private HashSplit() {}

  /** Whether a thing of that name is to test with. */
  static boolean isTest(String name) {
    return hash(name) < TEST_BELOW;
  }

  /** The first 32 bits of the name's SHA-256. */
  static long hash(String name) {
    byte[] digest = Digests.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getInt() & 0xFFFFFFFFL;
  }
}
