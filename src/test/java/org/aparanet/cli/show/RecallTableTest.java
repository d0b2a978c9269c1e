package org.aparanet.cli.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.train.evaluate.Accuracy;
import org.junit.jupiter.api.Test;

class RecallTableTest {

  private static List<String> lines(List<Accuracy> recalls, List<String> names) {
    StringWriter text = new StringWriter();
    RecallTable.print(recalls, names, new PrintWriter(text));
    return text.toString().lines().toList();
  }

  @Test
  void eachOfAFewClassesHasALine() {
    assertEquals(
        List.of(
            "  class                     test images    recall",
            "  0 cat                           1,200   99.92 %",
            "  1 dog                               3   66.67 %",
            "  2                                   0         -"),
        lines(
            List.of(new Accuracy(1199, 1200), new Accuracy(2, 3), new Accuracy(0, 0)),
            List.of("cat", "dog")));
  }

  /** Of 24 classes, class c has c of 30 right, but the last two have no image. */
  @Test
  void ofManyTheWorstHave() {
    List<Accuracy> recalls = new ArrayList<>();
    for (int c = 0; c < 22; c++) {
      recalls.add(new Accuracy(21 - c, 30));
    }
    recalls.add(new Accuracy(0, 0));
    recalls.add(new Accuracy(0, 0));

    List<String> lines = lines(recalls, List.of());

    assertEquals(22, lines.size());
    assertEquals(
        "the 20 of 24 classes with the lowest recall (2 have no test image):", lines.get(0));
    assertEquals("  21                                 30    0.00 %", lines.get(2));
    assertEquals("  2                                  30   63.33 %", lines.get(21));
  }
}
