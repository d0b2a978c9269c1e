package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardedOrderTest {
  @ParameterizedTest
  @CsvSource({"100, 16, 1:1", "105, 10, 1:2:1", "7, 7, 3:4", "64, 64, 1:1:1", "3, 8, 1:1:6"})
  void eachShareOnlyEverSeesItsShard(int count, int batch, String text) {
    Shares shares = Shares.parse(text);
    ShardedOrder order = new ShardedOrder(count, batch, shares, 5, true);
    int[] all = IntStream.range(0, count).toArray();
    Set<Integer> dealt = new HashSet<>();
    for (int share = 0; share < shares.count(); share++) {
      int[] shard = order.shard(share);
      Arrays.stream(shard).forEach(image -> assertTrue(dealt.add(image)));
      for (int epoch = 1; epoch <= 3; epoch++) {
        int[] seen = shares.of(share, order.order(epoch), batch);
        int[] visited = order.order(share, shard.length, epoch);
        for (int i = 0; i < seen.length; i++) {
          assertEquals(shard[visited[i]], seen[i]);
        }
        Arrays.sort(seen);
        assertArrayEquals(shard, seen);
      }
    }
    assertEquals(count, dealt.size());
    assertArrayEquals(all, new ShardedOrder(count, batch, shares, 5, false).order(1));
  }

  @Test
  void epochsAndSharesHaveOrdersOfTheirOwn() {
    ShardedOrder order = new ShardedOrder(200, 20, Shares.equal(2), 5, true);
    assertFalse(Arrays.equals(order.order(1), order.order(2)));
    assertFalse(Arrays.equals(order.order(0, 100, 1), order.order(1, 100, 1)));
  }

  /** A set that is sorted by class is dealt evenly. */
  @Test
  void shardsOfASortedSetHaveAllClasses() {
    ShardedOrder order = new ShardedOrder(1000, 50, Shares.equal(4), 1, true);
    for (int share = 0; share < 4; share++) {
      long firstClass = Arrays.stream(order.shard(share)).filter(image -> image < 100).count();
      assertEquals(25, firstClass, 1);
    }
  }
}
