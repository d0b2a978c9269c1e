package org.aparanet.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Divides things with names into two parts by a hash of their names. So a name stays in its part
 * whatever is added or removed beside it: an image that a network has learned from never gets into
 * a later test.
 */
final class HashSplit {
  /** Of 2^32 possible hashes, those below this are of the test: 20 %. */
  private static final long TEST_BELOW = (1L << 32) / 5;

  private HashSplit() {}

  /**
   * Those that belong to one part, in the order given. Of two or more, at least one belongs to each
   * part, which moves one of a few; a single one is to train with.
   */
  static <T> List<T> part(List<T> all, Function<T, String> name, Split split) {
    record Ranked<T>(T one, String name, long hash) {}
    List<Ranked<T>> ranked =
        all.stream()
            .map(one -> new Ranked<>(one, name.apply(one), hash(name.apply(one)))) // once each
            .sorted(Comparator.comparingLong(Ranked<T>::hash).thenComparing(Ranked::name))
            .toList();
    int below = (int) ranked.stream().filter(one -> one.hash() < TEST_BELOW).count();
    int tests = Math.max(0, Math.min(Math.max(below, 1), all.size() - 1));
    Set<T> test = new HashSet<>(ranked.subList(0, tests).stream().map(Ranked::one).toList());
    return all.stream().filter(one -> test.contains(one) == (split == Split.TEST)).toList();
  }

  /** The first 32 bits of the name's SHA-256. */
  static long hash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return (digest[0] & 0xFFL) << 24
          | (digest[1] & 0xFFL) << 16
          | (digest[2] & 0xFFL) << 8
          | digest[3] & 0xFFL;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
