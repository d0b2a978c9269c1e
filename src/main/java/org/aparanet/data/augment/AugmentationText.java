package org.aparanet.data.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aparanet.data.augment.Augmentation.Flip;

/**
 * The text form of an augmentation.
 *
 * <pre>
 * augmentation = "none" | change { "," change }
 * change       = "shift" X | "rotate" X | "scale" X | "shear" X
 *              | "elastic" X X | "flip" [ "alternate" ] | "cutout" N
 * X            = digits [ "." digits ]
 * N            = digits
 * </pre>
 *
 * <p>Words are separated by white space; upper and lower case are alike; each change may stand
 * once.
 */
final class AugmentationText {

  /** The longest text that is read, in characters. */
  static final int MAXIMUM_LENGTH = 1000;

  private static final Pattern TOKEN = Pattern.compile("[^\\s,]+|,");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,6})?");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,5}");
  private static final List<String> CHANGES =
      List.of("shift", "rotate", "scale", "shear", "elastic", "flip", "cutout");

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private int next;

  private double shift;
  private double rotate;
  private double scale;
  private double shear;
  private double alpha;
  private double sigma;
  private Flip flip = Flip.NONE;
  private int cutout;

  private AugmentationText(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      words.add(new Word(matcher.group(), matcher.start() + 1));
    }
  }

  static Augmentation parse(String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new IllegalArgumentException(
          "an augmentation's text may have "
              + MAXIMUM_LENGTH
              + " characters; this has "
              + text.length());
    }
    return new AugmentationText(text).augmentation();
  }

  private Augmentation augmentation() {
    if (words.size() == 1 && word().equals("none")) {
      return Augmentation.NONE;
    }
    do {
      change();
    } while (takeComma());
    if (next < words.size()) {
      boolean behindFlip = words.get(next - 1).text().equalsIgnoreCase("flip");
      throw refuse((behindFlip ? "alternate, " : "") + "a comma or the end");
    }
    return new Augmentation(shift, rotate, scale, shear, alpha, sigma, flip, cutout);
  }

  private void change() {
    String change = next < words.size() ? word() : "";
    if (!CHANGES.contains(change)) {
      throw refuse(
          String.join(", ", CHANGES.subList(0, CHANGES.size() - 1))
              + " or "
              + CHANGES.get(CHANGES.size() - 1)
              + (next == 0 ? ", or none alone" : ""));
    }
    if (seen.contains(change)) {
      throw refuse("each change once");
    }
    seen.add(change);
    next++;
    switch (change) {
      case "shift" -> shift = number("a shift in pixels", 0, Augmentation.MAXIMUM_SHIFT);
      case "rotate" -> rotate = number("an angle in degrees", 0, Augmentation.MAXIMUM_ROTATE);
      case "scale" -> scale = number("a part of the size", 0, Augmentation.MAXIMUM_SCALE);
      case "shear" -> shear = number("an angle in degrees", 0, Augmentation.MAXIMUM_SHEAR);
      case "elastic" -> {
        alpha = number("a strength", 0, Augmentation.MAXIMUM_ALPHA);
        sigma =
            number(
                "a smoothness in pixels", Augmentation.MINIMUM_SIGMA, Augmentation.MAXIMUM_SIGMA);
      }
      case "flip" -> flip = takeAlternate() ? Flip.ALTERNATE : Flip.RANDOM;
      default -> cutout = (int) number(WHOLE, "a side in pixels", 0, Augmentation.MAXIMUM_CUTOUT);
    }
  }

  private double number(String expected, double least, double most) {
    return number(DECIMAL, expected, least, most);
  }

  private double number(Pattern form, String expected, double least, double most) {
    if (next < words.size() && form.matcher(word()).matches()) {
      double value = Double.parseDouble(word());
      if (value >= least && value <= most) {
        next++;
        return value;
      }
    }
    throw refuse(
        expected
            + (form == WHOLE ? " (a whole number from " : " (a number from ")
            + Augmentation.plain(least)
            + " to "
            + Augmentation.plain(most)
            + ")");
  }

  private String word() {
    return words.get(next).text().toLowerCase(Locale.ROOT);
  }

  private boolean takeAlternate() {
    if (next < words.size() && word().equals("alternate")) {
      next++;
      return true;
    }
    return false;
  }

  private boolean takeComma() {
    if (next < words.size() && words.get(next).text().equals(",")) {
      next++;
      return true;
    }
    return false;
  }

  private IllegalArgumentException refuse(String expected) {
    if (next == words.size()) {
      return new IllegalArgumentException(
          "the augmentation's text \""
              + shortened(text.strip())
              + "\" ends where "
              + expected
              + " is expected");
    }
    Word word = words.get(next);
    return new IllegalArgumentException(
        "word \""
            + shortened(word.text())
            + "\" at character "
            + word.position()
            + " of the augmentation's text: expected "
            + expected);
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  private record Word(String text, int position) {}
}
