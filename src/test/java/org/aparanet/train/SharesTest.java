package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  @ParameterizedTest
  @CsvSource({
    "3:1, 64, '48,16'",
    "1:1, 7, '3,4'",
    "1:1:1, 64, '21,21,22'",
    "1:1, 1, '0,1'",
    "1000:1, 65536, '65470,66'"
  })
  void everyImageOfABatchIsInOneShare(String text, int batch, String sizes) {
    Shares shares = Shares.parse(text);
    List<Integer> expected = List.of(sizes.split(",")).stream().map(Integer::valueOf).toList();
    assertEquals(
        expected, IntStream.range(0, shares.count()).mapToObj(k -> shares.size(k, batch)).toList());
    assertEquals(0, shares.from(0, batch));
    assertEquals(batch, shares.from(shares.count(), batch));
  }

  /** Six equal shares of 64 have 10 or 11 images, and none of them more of a rest. */
  @ParameterizedTest
  @CsvSource({"1:1:1:1:1:1, 64", "29:42:29, 32", "1:1:1:1:1, 8", "3:1, 64", "7:1:1000, 200"})
  void noShareHasMoreOfARestThanOfAWholeBatch(String text, int batch) {
    Shares shares = Shares.parse(text);
    for (int rest = 1; rest <= batch; rest++) {
      assertEquals(0, shares.from(0, rest, batch));
      assertEquals(rest, shares.from(shares.count(), rest, batch));
      for (int share = 0; share < shares.count(); share++) {
        int size = shares.from(share + 1, rest, batch) - shares.from(share, rest, batch);
        int whole = shares.size(share, batch);
        assertTrue(size >= 0 && size <= whole, rest + ": " + size + " of " + whole);
      }
    }
  }

  @Test
  void textComesBack() {
    assertEquals("3:1:2", Shares.parse("3:1:2").toString());
    assertEquals(Shares.parse("1:1"), Shares.equal(2));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '\"\" is no division into shares; allowed is a form such as 3:1'",
    "3:, '\"3:\" is no division into shares; allowed is a form such as 3:1'",
    "3:0, 'a share of 0; allowed are whole numbers from 1 to 1000'",
    "1001:1, 'a share of 1001; allowed are whole numbers from 1 to 1000'",
    "-1:1, '\"-1:1\" is no division into shares; allowed is a form such as 3:1'"
  })
  void whatIsNoDivisionIsRefused(String text, String sentence) {
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> Shares.parse(text)).getMessage());
  }

  @Test
  void noShareOfAWholeBatchMayBeEmpty() {
    TrainingPlan plan = TrainingPlan.of(1, 3, 0.1f);
    assertEquals(3, plan.withRounds(new Rounds(Shares.equal(3), 1)).rounds().shares().count());
    assertEquals(
        "shares 1:1:1:1 of a batch of 3 images: share 1 has none; take a larger batch, or fewer or"
            + " more even shares",
        assertThrows(
                IllegalArgumentException.class,
                () -> plan.withRounds(new Rounds(Shares.equal(4), 1)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Rounds(Shares.ONE, 0));
  }
}
