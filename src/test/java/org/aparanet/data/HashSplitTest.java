package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashSplitTest {
  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "IMG_" + i + ".jpg").toList();
  }

  private static List<String> part(List<String> names, Split split) {
    return HashSplit.part(names, Function.identity(), split);
  }

  @Test
  void aFifthIsToTestWithAndNothingIsInBoth() {
    List<String> test = part(names(5000), Split.TEST);
    List<String> train = part(names(5000), Split.TRAIN);

    assertEquals(1000, test.size(), 100); // more than three standard deviations
    List<String> both = new ArrayList<>(test);
    both.addAll(train);
    assertEquals(names(5000).stream().sorted().toList(), both.stream().sorted().toList());
  }

  @Test
  void whatIsAddedMovesNothing() {
    List<String> before = part(names(1000), Split.TEST);
    List<String> after = part(names(2000), Split.TEST);

    assertEquals(before, after.subList(0, before.size()));
  }

  @Test
  void everyPartOfAFewGetsOneAndASingleOneIsToTrainWith() {
    for (int count = 2; count < 10; count++) {
      assertTrue(!part(names(count), Split.TEST).isEmpty(), count + " names");
      assertTrue(!part(names(count), Split.TRAIN).isEmpty(), count + " names");
    }
    assertEquals(names(1), part(names(1), Split.TRAIN));
    assertEquals(List.of(), part(names(1), Split.TEST));
    assertEquals(List.of(), part(List.of(), Split.TEST));
  }

  /**
   * The split must not change with versions of this program, or tests would be on trained images.
   */
  @Test
  void theHashIsTheBeginningOfSha256() {
    assertEquals(0xba7816bfL, HashSplit.hash("abc"));
  }
}
