package org.aparanet.model.safetensors;

/** Shows text out of a file in a message: short, and with nothing that a terminal would obey. */
public final class Quote {
  private static final int LONGEST = 60;

  private Quote() {}

  /** The text in quotation marks, cut where it is long; other characters are shown as {@code ?}. */
  public static String of(String text) {
    return "\"" + plain(text) + "\"";
  }

  /** As {@link #of}, without the quotation marks. */
  public static String plain(String text) {
    String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    StringBuilder shown = new StringBuilder();
    start
        .codePoints()
        .map(c -> Character.isLetterOrDigit(c) || (c >= ' ' && c <= '~') ? c : '?')
        .forEach(shown::appendCodePoint);
    return shown.append(start.length() < text.length() ? "..." : "").toString();
  }
}
