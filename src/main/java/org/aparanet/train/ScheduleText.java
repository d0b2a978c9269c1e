package org.aparanet.train;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.regex.Pattern;

/** Reads a {@link LearningRateSchedule}. */
final class ScheduleText {
  private static final String ALLOWED =
      "allowed are constant, step EPOCHS FACTOR, cosine and one-cycle [SHARE], each also behind"
          + " \"warmup STEPS,\" or \"warmup Nepochs,\"";

  private static final int LONGEST = 200;
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
  private static final Pattern EPOCHS = Pattern.compile("[0-9]{1,9}epochs?");
  private static final Pattern DECIMAL =
      Pattern.compile("[0-9]{0,9}\\.?[0-9]{1,9}([eE]-?[0-9]{1,2})?");

  private final String text;
  private final Deque<String> words;

  private ScheduleText(String text) {
    this.text = text;
    words = new ArrayDeque<>(Arrays.asList(text.strip().split("[ ,]+")));
  }

  static LearningRateSchedule parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a schedule of " + text.length() + " characters; allowed are " + LONGEST);
    }
    return new ScheduleText(text).whole();
  }

  /** A number without an exponent, such as {@code 0.1}. */
  static String number(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  private LearningRateSchedule whole() {
    LearningRateSchedule schedule = next("warmup") ? warmup() : plain();
    if (!words.isEmpty()) {
      throw refusal();
    }
    return schedule;
  }

  private LearningRateSchedule warmup() {
    if (words.isEmpty()) {
      throw refusal();
    }
    boolean inEpochs = EPOCHS.matcher(words.peek()).matches();
    int length = inEpochs ? Integer.parseInt(words.poll().replaceAll("[^0-9]", "")) : wholeNumber();
    return new LearningRateSchedule.Warmup(length, inEpochs, plain());
  }

  private LearningRateSchedule plain() {
    if (next("constant")) {
      return LearningRateSchedule.CONSTANT;
    }
    if (next("cosine")) {
      return new LearningRateSchedule.Cosine();
    }
    if (next("step")) {
      return new LearningRateSchedule.Step(wholeNumber(), decimal());
    }
    if (next("one-cycle")) {
      return new LearningRateSchedule.OneCycle(
          words.isEmpty() ? LearningRateSchedule.SHARE : decimal());
    }
    throw refusal();
  }

  private boolean next(String word) {
    if (word.equals(words.peek())) {
      words.poll();
      return true;
    }
    return false;
  }

  private int wholeNumber() {
    if (words.isEmpty() || !WHOLE.matcher(words.peek()).matches()) {
      throw refusal();
    }
    return Integer.parseInt(words.poll());
  }

  private double decimal() {
    if (words.isEmpty() || !DECIMAL.matcher(words.peek()).matches()) {
      throw refusal();
    }
    return Double.parseDouble(words.poll());
  }

  private IllegalArgumentException refusal() {
    return new IllegalArgumentException("\"" + text + "\" is no schedule; " + ALLOWED);
  }
}
