package org.aparanet.serve;

import org.aparanet.data.format.Printable;

/** What a client sent, as a sentence repeats it: printable, and its beginning alone. */
final class Quoted {
  private static final int LONGEST = 40;

  private Quoted() {}

  static String of(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST) {
      return Printable.of(text);
    }
    return Printable.of(text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "...");
  }
}
