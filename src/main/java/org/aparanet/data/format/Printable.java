package org.aparanet.data.format;

/**
 * Shows names of files and classes, which may hold anything, so that a terminal obeys nothing in
 * them.
 */
public final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /**
   * The text itself if all of it can be printed; otherwise in quotation marks, with the hexadecimal
   * number of each character that cannot, and cut off where it is long.
   */
  public static String of(String text) {
    if (!text.isBlank() && text.codePoints().allMatch(Printable::isPrintable)) {
      return text;
    }
    StringBuilder shown = new StringBuilder("\"");
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (isPrintable(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append("\\u").append(String.format("%04x", c));
              }
            });
    return shown
        .append(text.codePointCount(0, text.length()) > LONGEST ? "...\"" : "\"")
        .toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      // FORMAT turns the direction of writing, the separators begin lines
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
