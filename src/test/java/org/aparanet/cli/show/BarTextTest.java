package org.aparanet.cli.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aparanet.cli.show.BarText.Detail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarTextTest {
  private static final List<Detail> TRAINING =
      List.of(
          new Detail("0:03 left", 2),
          new Detail("loss 0.2194", 1),
          new Detail("acc 93.2 %", 4),
          new Detail("56282 images/s", 3));

  private static final List<Detail> DOWNLOAD =
      List.of(new Detail("11.9/26.4 MB", 1), new Detail("0:04 left", 2), new Detail("3.4 MB/s", 3));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '|',
      value = {
        "200| 45% [===========================>                                ] 0:03 left,"
            + " loss 0.2194, acc 93.2 %, 56282 images/s",
        "80| 45% [=========>           ] 0:03 left, loss 0.2194, acc 93.2 %, 56282 images/s",
        "60| 45% [=====>       ] 0:03 left, loss 0.2194, 56282 images/s",
        "40| 45% [====>    ] 0:03 left, loss 0.2194",
        "20| 45% [=====>      ]",
        "9| 45% [>]",
        "8| 45%",
        "4| 45",
        "1|``",
        "0|``",
      })
  void whatDoesNotFitIsLeftOutAsAWhole(int columns, String line) {
    assertEquals(line, BarText.of(columns, "", 459, 1000, TRAINING));
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '|',
      value = {
        "200|train-images-idx3-ubyte.gz  45% [===========================>                     "
            + "           ] 11.9/26.4 MB, 0:04 left, 3.4 MB/s",
        "80|train-images-idx3-ubyte.gz  45% [=========>           ] 11.9/26.4 MB, 0:04 left",
        "60| 45% [========>         ] 11.9/26.4 MB, 0:04 left, 3.4 MB/s",
        "40| 45% [===>    ] 11.9/26.4 MB, 0:04 left",
      })
  void aNameNeedsRoomBesideTheDetails(int columns, String line) {
    assertEquals(line, BarText.of(columns, "train-images-idx3-ubyte.gz", 459, 1000, DOWNLOAD));
  }

  @Test
  void theBeginningAndTheEnd() {
    assertEquals(
        "  0% [>              ] loss 2.3",
        BarText.of(32, "", 0, 7, List.of(new Detail("loss 2.3", 1))));
    assertEquals("100% [==========================]", BarText.of(34, "", 7, 7, List.of()));
    assertEquals("100% [==========================]", BarText.of(34, "", 9, 7, List.of()));
    assertEquals("100% [==========================]", BarText.of(34, "", 0, 0, List.of()));
  }

  @Test
  void noWidthIsExceeded() {
    for (int columns = 1; columns < 300; columns++) {
      for (String name : List.of("", "a", "train-images-idx3-ubyte.gz")) {
        String line = BarText.of(columns, name, 3, 7, TRAINING);
        assertTrue(line.length() < columns, columns + ": " + line);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0:00",
    "7.4, 0:07",
    "59.7, 1:00",
    "754, 12:34",
    "3723, 1:02:03",
    "360000, 100:00:00"
  })
  void timesAreShort(double seconds, String text) {
    assertEquals(text, BarText.time(seconds));
  }

  @Test
  void aRateTellsTheTimeLeft() {
    long[] clock = {0};
    Rate rate = new Rate(100, 1100, () -> clock[0]);
    assertEquals("-:-- left", rate.time());

    clock[0] = 10_000_000_000L;
    rate.add(250);

    assertEquals("0:30 left", rate.time());
    assertEquals(25, rate.perSecond(), 1e-9);
    rate.set(1100);
    assertEquals("in 0:10", rate.time());
  }
}
