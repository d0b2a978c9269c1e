package org.aparanet.cli.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadingDisplayTest {
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter err = new StringWriter();
  private final AtomicLong now = new AtomicLong(-SECOND);
  private final ReadingDisplay display = ReadingDisplay.lines(new PrintWriter(err), now::get);

  private List<String> lines() {
    return err.toString().lines().toList();
  }

  @Test
  void whatTakesLessThanASecondIsNotShown() {
    display.begin("reading photos train", 3000);
    now.addAndGet(SECOND - 1);
    display.done(2999);
    display.end();
    display.begin("reading photos test", 10);
    display.done(10);
    display.end();

    assertEquals(List.of(), lines());
  }

  @Test
  void otherwiseALineComesAfterASecondAndThenEveryTenSeconds() {
    display.begin("reading photos train", 30_000);
    for (int i = 1; i <= 130; i++) {
      now.addAndGet(SECOND / 10);
      display.done(i * 200);
    }
    display.end();
    display.accept("a sentence");

    assertEquals(
        List.of(
            "reading photos train: 2,000 of 30,000 images, 2000 images/s, 0:14 left",
            "reading photos train: 22,000 of 30,000 images, 2000 images/s, 0:04 left",
            "a sentence"),
        lines());
  }

  @Test
  void threadsThatOvertakeEachOtherDoNotTurnItBack() {
    display.begin("reading photos train", 1000);
    display.done(500);
    now.addAndGet(SECOND);
    display.done(499);

    assertEquals(
        List.of("reading photos train: 500 of 1,000 images, 500 images/s, 0:01 left"), lines());
  }
}
