package org.aparanet.cli.show;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.aparanet.data.format.Printable;
import org.aparanet.train.evaluate.Accuracy;

/** Recall of each class on the test images, or of those classes where it is lowest. */
public final class RecallTable {
  /** The most classes of which each has a line. */
  private static final int MOST = 20;

  private static final String ROW = "  %-24s %12s %9s%n";

  private RecallTable() {}

  /**
   * Prints the table; classes without a test image are counted where not each class has a line.
   *
   * @param recalls accuracy on the images of each class
   * @param names of the classes; may be fewer, or none
   */
  public static void print(List<Accuracy> recalls, List<String> names, PrintWriter target) {
    List<Integer> shown = IntStream.range(0, recalls.size()).boxed().toList();
    if (recalls.size() > MOST) {
      List<Integer> tested = shown.stream().filter(c -> recalls.get(c).count() > 0).toList();
      shown =
          tested.stream()
              .sorted(Comparator.comparingDouble(c -> recalls.get(c).share()))
              .limit(MOST)
              .toList();
      int untested = recalls.size() - tested.size();
      target.printf(
          Locale.ROOT,
          "the %d of %d classes with the lowest recall%s:%n",
          shown.size(),
          recalls.size(),
          untested > 0 ? " (" + untested + " have no test image)" : "");
    }
    target.printf(ROW, "class", "test images", "recall");
    for (int c : shown) {
      Accuracy recall = recalls.get(c);
      target.printf(
          Locale.ROOT,
          ROW,
          c < names.size() ? c + " " + Printable.of(names.get(c)) : "" + c,
          String.format(Locale.ROOT, "%,d", recall.count()),
          recall.count() > 0 ? String.format(Locale.ROOT, "%.2f %%", 100 * recall.share()) : "-");
    }
    target.flush();
  }
}
