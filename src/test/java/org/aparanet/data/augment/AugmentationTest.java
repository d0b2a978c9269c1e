package org.aparanet.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.aparanet.data.augment.Augmentation.Flip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {

  @Test
  void readsEveryWord() {
    assertEquals(
        new Augmentation(2, 10.5, 0.1, 5, 8, 3, Flip.RANDOM, 8),
        Augmentation.parse(
            "shift 2, rotate 10.5, scale 0.1, shear 5, elastic 8 3, flip, cutout 8"));
    assertEquals(
        new Augmentation(0, 0, 0, 0, 0, 0, Flip.ALTERNATE, 0),
        Augmentation.parse("flip alternate"));
    assertEquals(Augmentation.NONE, Augmentation.parse("none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "shift 2",
        "shift 0.5",
        "rotate 180, flip",
        "shift 4, flip alternate, cutout 8",
        "scale 0.000001",
        "shift 100, rotate 15, scale 0.5, shear 60, elastic 10000 100, flip, cutout 1000",
      })
  void canonicalTextComesBack(String text) {
    assertEquals(text, Augmentation.parse(text).text());
    assertEquals(text, Augmentation.parse(text).toString());
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        " NONE | none",
        "Flip,SHIFT  02.50 | shift 2.5, flip",
        "cutout 8 ,rotate 10.0 | rotate 10, cutout 8",
        "FLIP Alternate,shift 1 | shift 1, flip alternate",
        "shift 0, rotate 0, scale 0.0, shear 0, elastic 0 3, cutout 0 | none",
        "elastic 34.0 4 | elastic 34 4",
      })
  void otherSpellingsBecomeCanonical(String text, String canonical) {
    assertEquals(canonical, Augmentation.parse(text).text());
    assertEquals(Augmentation.parse(canonical), Augmentation.parse(text));
  }

  @Test
  void onlyNothingIsNone() {
    assertTrue(Augmentation.parse("elastic 0 1").isNone());
    assertFalse(Augmentation.parse("cutout 1").isNone());
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | the augmentation's text \"\" ends where shift, rotate, scale, shear, elastic, flip or"
            + " cutout, or none alone is expected",
        "turn 3 | word \"turn\" at character 1 of the augmentation's text: expected shift, rotate,"
            + " scale, shear, elastic, flip or cutout, or none alone",
        "flip, none | word \"none\" at character 7 of the augmentation's text: expected shift,"
            + " rotate, scale, shear, elastic, flip or cutout",
        "shift 101 | word \"101\" at character 7 of the augmentation's text: expected a shift in"
            + " pixels (a number from 0 to 100)",
        "shift -1 | word \"-1\" at character 7 of the augmentation's text: expected a shift in"
            + " pixels (a number from 0 to 100)",
        "rotate 1e2 | word \"1e2\" at character 8 of the augmentation's text: expected an angle in"
            + " degrees (a number from 0 to 180)",
        "scale 10 | word \"10\" at character 7 of the augmentation's text: expected a part of the"
            + " size (a number from 0 to 0.5)",
        "shear 61 | word \"61\" at character 7 of the augmentation's text: expected an angle in"
            + " degrees (a number from 0 to 60)",
        "elastic 8 | the augmentation's text \"elastic 8\" ends where a smoothness in pixels (a"
            + " number from 1 to 100) is expected",
        "elastic 8 0.9 | word \"0.9\" at character 11 of the augmentation's text: expected a"
            + " smoothness in pixels (a number from 1 to 100)",
        "elastic NaN 3 | word \"NaN\" at character 9 of the augmentation's text: expected a strength"
            + " (a number from 0 to 10000)",
        "cutout 2.5 | word \"2.5\" at character 8 of the augmentation's text: expected a side in"
            + " pixels (a whole number from 0 to 1000)",
        "flip, flip | word \"flip\" at character 7 of the augmentation's text: expected each change"
            + " once",
        "flip 1 | word \"1\" at character 6 of the augmentation's text: expected alternate, a comma or the"
            + " end",
        "flip alternate twice | word \"twice\" at character 16 of the augmentation's text: expected a"
            + " comma or the end",
        "alternate | word \"alternate\" at character 1 of the augmentation's text: expected shift,"
            + " rotate, scale, shear, elastic, flip or cutout, or none alone",
        "flip, | the augmentation's text \"flip,\" ends where shift, rotate, scale, shear, elastic,"
            + " flip or cutout is expected",
      })
  void whatIsWrongIsNamedInOneSentence(String text, String sentence) {
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> Augmentation.parse(text)).getMessage());
  }

  @Test
  void recordsRefuseWhatTextsCannotSay() {
    assertEquals(
        "shift is NaN; allowed are 0 to 100",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Augmentation(Double.NaN, 0, 0, 0, 0, 0, Flip.NONE, 0))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new Augmentation(0, 0, 0, 0, 1, 0, Flip.NONE, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Augmentation(0, 0, 0, 0, 0, 0, Flip.NONE, -1));
  }

  @Test
  void anyTextIsReadOrRefusedInOneSentence() {
    String[] words = {
      "shift",
      "rotate",
      "scale",
      "shear",
      "elastic",
      "flip",
      "flip alternate",
      "cutout",
      "none",
      ",",
      ",",
      ",",
      "2",
      "0.5",
      "8 3",
      "1000000",
      "-",
      "\u00e4",
      "x".repeat(60),
      "\n"
    };
    Random random = new Random(1);
    int read = 0;
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n >= 0; n--) {
        text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
      }
      try {
        Augmentation augmentation = Augmentation.parse(text.toString());
        assertEquals(augmentation, Augmentation.parse(augmentation.text()));
        read++;
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().length() < 250, e.getMessage());
      }
    }
    assertTrue(read > 50, read + " texts were read");
  }

  @Test
  void aTextThatIsTooLongIsNotRead() {
    assertThrows(
        IllegalArgumentException.class, () -> Augmentation.parse("flip" + " ".repeat(1000)));
  }
}
