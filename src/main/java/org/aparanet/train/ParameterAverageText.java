package org.aparanet.train;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link ParameterAverage}. */
final class ParameterAverageText {
  private static final String EMA_ALLOWED =
      "allowed are none and a decay from 0 to below 1, such as 0.99, also with steps behind it,"
          + " such as \"0.99 every 10\"";
  private static final String SWA_ALLOWED =
      "allowed are none and the last part of the run, such as 0.25 or 5epochs, also with steps"
          + " behind it, such as \"0.25 every 10\"";

  private static final int LONGEST = 100;
  private static final Pattern EMA = Pattern.compile("([0-9.]{1,20})( every ([0-9]{1,7}))?");
  private static final Pattern SWA =
      Pattern.compile("(([0-9]{1,7})epochs?|[0-9.]{1,20})( every ([0-9]{1,7}))?");

  private ParameterAverageText() {}

  static ParameterAverage ema(String text) {
    if (text.equals("none")) {
      return ParameterAverage.NONE;
    }
    Matcher matcher = matcher(EMA, text, "ema", EMA_ALLOWED);
    try {
      return new ParameterAverage.Exponential(
          Double.parseDouble(matcher.group(1)), count(matcher.group(3), ParameterAverage.EVERY));
    } catch (IllegalArgumentException e) {
      throw refusal("ema", text, EMA_ALLOWED);
    }
  }

  static ParameterAverage swa(String text) {
    if (text.equals("none")) {
      return ParameterAverage.NONE;
    }
    Matcher matcher = matcher(SWA, text, "swa", SWA_ALLOWED);
    try {
      int every = count(matcher.group(4), 0);
      return matcher.group(2) == null
          ? new ParameterAverage.Mean(Double.parseDouble(matcher.group(1)), 0, every)
          : new ParameterAverage.Mean(0, count(matcher.group(2), 0), every);
    } catch (IllegalArgumentException e) {
      throw refusal("swa", text, SWA_ALLOWED);
    }
  }

  private static Matcher matcher(Pattern pattern, String text, String what, String allowed) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          what + " of " + text.length() + " characters; allowed are " + LONGEST);
    }
    Matcher matcher = pattern.matcher(text.strip().replaceAll(" +", " "));
    if (!matcher.matches()) {
      throw refusal(what, text, allowed);
    }
    return matcher;
  }

  /** A number that is written; it is no 0. */
  private static int count(String digits, int otherwise) {
    if (digits == null) {
      return otherwise;
    }
    int count = Integer.parseInt(digits);
    if (count == 0) {
      throw new IllegalArgumentException("0");
    }
    return count;
  }

  private static IllegalArgumentException refusal(String what, String text, String allowed) {
    return new IllegalArgumentException("\"" + text + "\" is no " + what + "; " + allowed);
  }
}
