package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  private static final List<String> NAMES =
      List.of("mnist-fast", "mnist-tiny", "mnist-best", "fashion-best", "cifar-small");

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, abc, 0",
    "abc, '', 3",
    "'', abc, 3",
    "abc, abd, 1",
    "abc, ab, 1",
    "abc, xabc, 1",
    "trian, train, 1",
    "ca, abc, 3",
    "kitten, sitting, 3",
  })
  void distanceCountsWhatHasToChange(String one, String other, int expected) {
    assertEquals(expected, Suggestion.distance(one, other));
    assertEquals(expected, Suggestion.distance(other, one));
  }

  @Test
  void onlyWhatIsLikeTheWordIsSuggested() {
    assertEquals("; did you mean mnist-fast?", Suggestion.question("mnist_fast", NAMES));
    assertEquals("; did you mean mnist-fast?", Suggestion.question("MNIST-fats", NAMES));
    assertEquals("; did you mean cifar-small?", Suggestion.question("cifarsmall", NAMES));
    assertEquals("; did you mean gpu or cpu?", Suggestion.question("tpu", List.of("gpu", "cpu")));
    assertEquals(
        "; did you mean mnist-fast, mnist-tiny or mnist-best?",
        Suggestion.question("MNIST", NAMES));
    assertEquals("", Suggestion.question("resnet", NAMES));
    assertEquals("", Suggestion.question("", NAMES));
    assertEquals("", Suggestion.question("x".repeat(5000), List.of()));
  }
}
