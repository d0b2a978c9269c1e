package org.aparanet.model.safetensors;

import java.util.Comparator;

/** Order of names in which numbers count as numbers: {@code layer2} before {@code layer10}. */
final class NumberedNames {
  static final Comparator<String> ORDER =
      ((Comparator<String>) NumberedNames::compare).thenComparing(Comparator.naturalOrder());

  private NumberedNames() {}

  private static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int order;
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int endA = end(a, i);
        int endB = end(b, j);
        String numberA = a.substring(i, endA).replaceFirst("^0+", "");
        String numberB = b.substring(j, endB).replaceFirst("^0+", "");
        order =
            numberA.length() == numberB.length()
                ? numberA.compareTo(numberB)
                : Integer.compare(numberA.length(), numberB.length());
        i = endA;
        j = endB;
      } else {
        order = Character.compare(a.charAt(i++), b.charAt(j++));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static int end(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
