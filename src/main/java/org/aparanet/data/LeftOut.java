package org.aparanet.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aparanet.data.format.Printable;

/** What lies in a folder of images and is no image of a class: files and folders, by name. */
final class LeftOut {
  private static final int MOST_NAMES = 5;

  private final Map<String, Integer> counts = new TreeMap<>();

  void add(Path path) {
    String name = ClassFolders.name(path);
    counts.merge(name.startsWith("._") ? "._*" : name, 1, Integer::sum); // macOS has one a file
  }

  void addAll(LeftOut others) {
    others.counts.forEach((name, count) -> counts.merge(name, count, Integer::sum));
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Such as {@code 4 (.DS_Store twice, Thumbs.db, notes.txt)}. */
  @Override
  public String toString() {
    String names =
        counts.entrySet().stream()
            .limit(MOST_NAMES)
            .map(one -> Printable.of(one.getKey()) + times(one.getValue()))
            .collect(Collectors.joining(", "));
    int more = counts.size() - MOST_NAMES;
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return "%d (%s%s)".formatted(all, names, more > 0 ? " and " + more + " other names" : "");
  }

  private static String times(int count) {
    return count == 1 ? "" : count == 2 ? " twice" : " " + count + " times";
  }
}
