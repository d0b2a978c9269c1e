package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * A correlation's positions, cut into vectors of neighbours. The last chunk of a row that does not
 * divide evenly begins earlier and repeats some positions of the one before.
 *
 * @param table the correlation, a chunk in place of each position
 * @param first for each chunk: its first position
 * @param repeated for each chunk: how many of its positions the one before has too
 * @param spread for each chunk: where it lies when chunks are put one after another
 * @param single the positions that are in no chunk
 */
record Chunks(Correlation table, int[] first, int[] repeated, int[] spread, int[] single) {

  /**
   * @param length positions of a chunk
   */
  static Chunks of(Correlation c, int length) {
    List<Integer> first = new ArrayList<>();
    List<Integer> repeated = new ArrayList<>();
    List<Integer> single = new ArrayList<>();
    int end;
    for (int begin = 0; begin < c.in().length; begin = end) {
      end = endOfRun(c, begin);
      if (end - begin < length) {
        for (int p = begin; p < end; p++) {
          single.add(p);
        }
        continue;
      }
      for (int p = begin; p < end; p += length) {
        int start = Math.min(p, end - length);
        first.add(start);
        repeated.add(p - start);
      }
    }
    int[] starts = array(first);
    int[] spread = new int[starts.length];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = i * length;
    }
    return new Chunks(c.at(starts), starts, array(repeated), spread, array(single));
  }

  /** The first position that does not lie right behind the one before, in input and output. */
  private static int endOfRun(Correlation c, int begin) {
    int p = begin + 1;
    while (p < c.in().length
        && c.in()[p] == c.in()[p - 1] + 1
        && c.out()[p] == c.out()[p - 1] + 1) {
      p++;
    }
    return p;
  }

  private static int[] array(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
