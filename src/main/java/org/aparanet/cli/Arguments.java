package org.aparanet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Arguments of the program, which Java may have failed to decode. */
final class Arguments {
  /** Replacement character of a byte that the locale's encoding does not have. */
  private static final String LOST = "\uFFFD";

  private static final String REMEDY =
      "set the environment variable LC_ALL=C.UTF-8, or start aparanet by its launcher";

  /** Value that begins like an option of a single letter. */
  private static final Pattern LIKE_AN_OPTION =
      Pattern.compile("^(--[a-z0-9-]+=)(-[hV].)", Pattern.DOTALL);

  private Arguments() {}

  /**
   * Arguments with files such as {@code --output=-home.html} renamed so that they are no option.
   */
  static String[] unmistakable(String... arguments) {
    return Stream.of(arguments)
        .map(LIKE_AN_OPTION::matcher)
        .map(matcher -> matcher.replaceFirst("$1./$2"))
        .toArray(String[]::new);
  }

  /**
   * Reason why these arguments, or the working folder, cannot be used, as a sentence; empty if they
   * can.
   */
  static Optional<String> problem(String... arguments) {
    boolean unicode = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
    for (String argument : arguments) {
      if (argument.contains(LOST) && !(unicode && isGiven(argument))) {
        return Optional.of("argument \"" + argument + "\"" + problem(unicode));
      }
    }
    String folder = System.getProperty("user.dir", "");
    return folder.contains(LOST) && !(unicode && Files.isDirectory(Path.of(folder)))
        ? Optional.of("the working folder \"" + folder + "\"" + problem(unicode))
        : Optional.empty();
  }

  private static String problem(boolean unicode) {
    return unicode
        ? " has a name that is not UTF-8, which Java cannot read; rename it, or name a folder above it"
        : " has characters that Java cannot read in this locale; " + REMEDY;
  }

  /**
   * Whether the process was started with exactly this argument, so that the replacement character
   * is meant.
   */
  private static boolean isGiven(String argument) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
      String bytes = new String(line, StandardCharsets.ISO_8859_1);
      String wanted =
          new String(argument.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      return List.of(bytes.split("\0")).contains(wanted);
    } catch (IOException e) {
      return false; // not Linux
    }
  }
}
