package org.aparanet.cli.show;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Width of the terminal, in characters. */
public final class TerminalWidth {
  private static final int USUAL = 80;
  private static final int MOST = 10_000;
  private static final File TERMINAL = new File("/dev/tty");
  private static final Pattern SIZE = Pattern.compile("\\s*[0-9]{1,5} ([0-9]{1,5})\\s*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

  private TerminalWidth() {}

  /**
   * Width by a query of the terminal, which takes a process and some milliseconds; where that
   * fails, the environment variable COLUMNS, or 80.
   */
  static int measured() {
    return asked().or(TerminalWidth::told).orElse(USUAL);
  }

  /** Width in the environment variable COLUMNS. */
  public static Optional<Integer> told() {
    return Optional.ofNullable(System.getenv("COLUMNS"))
        .map(String::strip)
        .filter(text -> NUMBER.matcher(text).matches())
        .flatMap(TerminalWidth::sensible);
  }

  /** Columns of an answer such as {@code 24 80}; empty where the terminal has none. */
  static Optional<Integer> parsed(String answer) {
    Matcher size = SIZE.matcher(answer);
    return size.matches() ? sensible(size.group(1)) : Optional.empty();
  }

  private static Optional<Integer> sensible(String number) {
    return Optional.of(Integer.parseInt(number)).filter(n -> n > 0 && n <= MOST);
  }

  private static Optional<Integer> asked() {
    if (!TERMINAL.exists()) { // as on Windows
      return Optional.empty();
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream answer = stty.getInputStream()) {
        if (!stty.waitFor(1, TimeUnit.SECONDS)) {
          stty.destroyForcibly();
          return Optional.empty();
        }
        return parsed(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
