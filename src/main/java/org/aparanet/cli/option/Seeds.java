package org.aparanet.cli.option;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Seeds of several trainings, each of them once.
 *
 * @param all in the order in which they are trained
 */
public record Seeds(List<Long> all) {

  /** The most seeds. */
  public static final int MAXIMUM = 1000;

  private static final Pattern PART = Pattern.compile("(-?[0-9]{1,18})(?:\\.\\.(-?[0-9]{1,18}))?");

  /**
   * Reads seeds, such as {@code 1..5}, {@code 1,3,7} or {@code 1..3,7}.
   *
   * @throws IllegalArgumentException if the text is something else, has a seed twice, or too many
   */
  public static Seeds parse(String text) {
    Set<Long> seeds = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException("no seeds");
      }
      long from = Long.parseLong(matcher.group(1));
      long to = matcher.group(2) == null ? from : Long.parseLong(matcher.group(2));
      if (to < from || to - from >= MAXIMUM) {
        throw new IllegalArgumentException("no range");
      }
      LongStream.rangeClosed(from, to)
          .forEach(
              seed -> {
                if (!seeds.add(seed) || seeds.size() > MAXIMUM) {
                  throw new IllegalArgumentException("twice, or too many");
                }
              });
    }
    return new Seeds(List.copyOf(seeds));
  }
}
