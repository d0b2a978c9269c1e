package org.aparanet.cli.show;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Progress line for a terminal of a given width, such as {@code 45% [=====> ] 0:03 left, loss
 * 0.2194}. Details that do not fit are omitted as a whole.
 */
final class BarText {
  private static final int LEAST_CELLS = 20;
  private static final int LEAST_CELLS_OF_A_NARROW_ONE = 8;
  private static final int MOST_CELLS = 60;
  private static final int NARROW = 80;
  private static final int NEEDED_BESIDE_A_NAME = 2;
  private static final String SHARE = "100% ";

  private BarText() {}

  /**
   * A piece of text beside the bar.
   *
   * @param rank priority; details of the highest rank are omitted first
   */
  record Detail(String text, int rank) {}

  /**
   * The line; it leaves the last column free, where some terminals begin a new line.
   *
   * @param columns width of the terminal, in characters
   * @param name of the task, in front of the bar, if there is room beside two details; may be empty
   * @param done amount done
   * @param total amount to do
   * @param details in the order in which they are shown
   */
  static String of(int columns, String name, long done, long total, List<Detail> details) {
    int room = Math.max(0, columns - 1);
    double share = total <= 0 ? 1 : Math.max(0, Math.min(1, (double) done / total));
    String percent = String.format(Locale.ROOT, "%3d%%", (int) (100 * share));
    int cells = columns < NARROW ? LEAST_CELLS_OF_A_NARROW_ONE : LEAST_CELLS;
    int fixed = SHARE.length() + 2;
    if (fixed + cells > room) {
      cells = room - fixed;
      return cells < 1
          ? percent.substring(0, Math.min(room, percent.length()))
          : percent + " " + bar(share, cells);
    }
    String head = name.isEmpty() ? "" : name + " ";
    List<Detail> shown = fitting(details, room - head.length() - fixed - cells - 1);
    if (shown.size() < Math.min(NEEDED_BESIDE_A_NAME, details.size())) {
      head = "";
      shown = fitting(details, room - fixed - cells - 1);
    }
    String text = shown.stream().map(Detail::text).collect(Collectors.joining(", "));
    int left = room - head.length() - fixed - (text.isEmpty() ? 0 : text.length() + 1);
    cells = Math.min(MOST_CELLS, left);
    return head + percent + " " + bar(share, cells) + (text.isEmpty() ? "" : " " + text);
  }

  /** Time in a few characters: {@code 0:07}, {@code 12:34} or {@code 1:02:03}. */
  static String time(double seconds) {
    long whole = Math.round(Math.max(0, Math.min(seconds, 1e9)));
    long hours = whole / 3600;
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60);
  }

  /** Most important details that fit, in their order. */
  private static List<Detail> fitting(List<Detail> details, int room) {
    List<Detail> kept = new ArrayList<>();
    int length = 0;
    for (Detail detail : details.stream().sorted(Comparator.comparing(Detail::rank)).toList()) {
      int longer = length + (length == 0 ? 0 : 2) + detail.text().length();
      if (longer > room) {
        break;
      }
      length = longer;
      kept.add(detail);
    }
    return details.stream().filter(kept::contains).toList();
  }

  private static String bar(double share, int cells) {
    int full = (int) (share * cells);
    String done = full == cells ? "=".repeat(cells) : "=".repeat(full) + ">";
    return "[" + done + " ".repeat(cells - done.length()) + "]";
  }
}
