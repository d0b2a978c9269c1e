package org.aparanet.cli.option;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.aparanet.file.Claims;
import org.aparanet.file.Target;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of where a command's results for programs go, before the work begins. */
public final class Destinations {
  private final CommandSpec spec;
  private final Map<String, Destination> byOption = new LinkedHashMap<>();

  /**
   * @param spec the command
   */
  public Destinations(CommandSpec spec) {
    this.spec = spec;
  }

  /**
   * Adds what an option names.
   *
   * @param destination null if the option was not given
   * @throws ParameterException if another option names the same
   */
  public void add(String option, Destination destination) {
    if (destination == null) {
      return;
    }
    byOption.forEach(
        (other, taken) -> {
          if (taken.isStandardOutput() && destination.isStandardOutput()) {
            throw refusal(
                "options "
                    + other
                    + " and "
                    + option
                    + " both name -, the standard output, which is for one of them");
          }
          if (same(taken, destination)) {
            throw refusal(
                "options "
                    + other
                    + " and "
                    + option
                    + " both name "
                    + destination.given()
                    + "; they need two files");
          }
        });
    byOption.put(option, destination);
  }

  private static boolean same(Destination one, Destination other) {
    return one.file().isPresent()
        && other.file().isPresent()
        && Target.same(one.given(), other.given());
  }

  /**
   * Makes sure that none replaces a file that the command reads.
   *
   * @param name the option or argument that names the other file
   * @param file null if there is none
   * @throws ParameterException if one does
   */
  public void checkDiffer(String name, Path file) {
    byOption.forEach(
        (option, destination) -> {
          if (file != null && destination.file().filter(f -> Target.same(f, file)).isPresent()) {
            throw refusal(
                (name.startsWith("-")
                        ? "options " + name + " and "
                        : "argument " + name + " and option ")
                    + option
                    + " both name "
                    + destination.given()
                    + "; they need two files");
          }
        });
  }

  /**
   * Hands over each file with the option that names it.
   *
   * @param check of a file, which may throw
   */
  public void forEachFile(BiConsumer<String, Path> check) {
    byOption.forEach(
        (option, destination) -> destination.file().ifPresent(file -> check.accept(option, file)));
  }

  /**
   * Makes sure that the files can be written, by this process alone.
   *
   * @throws CommandException if one cannot
   */
  public void claim(Claims claims) {
    byOption.forEach(
        (option, destination) -> OutputFile.check(option, destination.file().orElse(null), claims));
  }

  /** Whether a file is one of these. */
  public boolean contains(Path file) {
    return byOption.values().stream()
        .flatMap(destination -> destination.file().stream())
        .anyMatch(
            taken ->
                Objects.equals(taken.getFileName(), file.getFileName())
                    && Target.same(taken, file));
  }

  /** Whether the standard output is taken, so that nothing else may be printed there. */
  public boolean takeStandardOutput() {
    return byOption.values().stream().anyMatch(Destination::isStandardOutput);
  }

  private ParameterException refusal(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
