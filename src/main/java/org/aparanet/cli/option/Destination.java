package org.aparanet.cli.option;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where results for programs go.
 *
 * @param given the name of a file, or {@code -} for the standard output; a file of that name is
 *     {@code ./-}
 */
public record Destination(Path given) {

  /** A file, whatever its name: here {@code -} is one as well. */
  public static Destination ofFile(Path file) {
    return new Destination(file.toString().equals("-") ? Path.of(".", "-") : file);
  }

  /** Whether it is the standard output, which then has nothing else. */
  public boolean isStandardOutput() {
    return given.toString().equals("-");
  }

  /** The file, if it is one. */
  public Optional<Path> file() {
    return isStandardOutput() ? Optional.empty() : Optional.of(given);
  }
}
