package org.aparanet.data;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The known word nearest to a mistyped one. */
public final class Suggestion {
  /** So many of a word's characters may be wrong: one of three. */
  private static final int OF = 3;

  private static final int LONGEST = 100;

  private Suggestion() {}

  /**
   * A question to put behind a refusal, such as {@code ; did you mean lenet?}; empty if no word is
   * like the wrong one.
   *
   * @param wrong the word that is none of them
   * @param known the words that would have done
   * @return a question that names a word, or nothing
   */
  public static String question(String wrong, Collection<String> known) {
    return question(nearest(wrong, known));
  }

  /**
   * A question to put behind a refusal, such as {@code ; did you mean lenet or deep?}.
   *
   * @param likely the words to ask for; none asks nothing
   * @return a question that names all of them, or nothing
   */
  public static String question(List<String> likely) {
    if (likely.isEmpty()) {
      return "";
    }
    int last = likely.size() - 1;
    String before = String.join(", ", likely.subList(0, last));
    return "; did you mean " + before + (last == 0 ? "" : " or ") + likely.get(last) + "?";
  }

  /**
   * The known words that begin with the wrong one, or else those that are most like it, if they are
   * like it at all.
   */
  static List<String> nearest(String wrong, Collection<String> known) {
    if (wrong.length() > LONGEST) {
      return List.of();
    }
    String word = wrong.strip().toLowerCase(Locale.ROOT);
    List<String> longer =
        known.stream().filter(other -> word.length() >= OF && other.startsWith(word)).toList();
    if (!longer.isEmpty()) {
      return longer;
    }
    ToIntFunction<String> distance = other -> distance(word, other.toLowerCase(Locale.ROOT));
    int least = known.stream().mapToInt(distance).min().orElse(Integer.MAX_VALUE);
    return known.stream()
        .filter(other -> distance.applyAsInt(other) == least)
        .filter(other -> least <= Math.max(word.length(), other.length()) / OF)
        .distinct()
        .toList();
  }

  /**
   * How many characters have to be put in, left out, replaced or swapped with their neighbour to
   * make one word of the other.
   */
  static int distance(String one, String other) {
    int[][] steps = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, one, other, i, j);
      }
    }
    return steps[one.length()][other.length()];
  }

  private static int step(int[][] steps, String one, String other, int i, int j) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int least = steps[i - 1][j - 1] + (same ? 0 : 1);
    least = Math.min(least, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }
}
