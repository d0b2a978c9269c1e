package org.aparanet.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.JavaHeap;
import org.aparanet.cli.show.ClosedOutputException;
import org.aparanet.data.Suggestion;
import org.aparanet.data.format.DataException;
import org.aparanet.engine.EngineException;
import org.aparanet.model.ModelFileException;
import org.aparanet.train.MismatchException;
import org.aparanet.train.TrainingFailedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Messages of errors, of one sentence each. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final List<Class<? extends Exception>> SPOKEN =
      List.of(
          CommandException.class,
          DataException.class,
          EngineException.class,
          ModelFileException.class,
          MismatchException.class,
          TrainingFailedException.class,
          UncheckedIOException.class);

  private boolean traces;

  static void showTraces(CommandLine commands, boolean show) {
    ((Failures) commands.getExecutionExceptionHandler()).traces = show;
  }

  /**
   * @param command the one that was called, with its subcommands
   */
  static int outOfMemory(PrintWriter err, CommandLine command) {
    print(
        err,
        JavaHeap.size()
            + " is too small for this; use "
            + (takesBatch(command) ? "a smaller --batch, or " : "")
            + JavaHeap.larger());
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static boolean takesBatch(CommandLine command) {
    ParseResult parsed = command.getParseResult();
    while (parsed != null && parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed != null && parsed.commandSpec().findOption("--batch") != null;
  }

  /**
   * Reports that results were not written, to a full disk or a closed pipe, which a PrintWriter
   * does not.
   */
  static int resultsLost(PrintWriter err) {
    print(err, "the results could not be written to the standard output");
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Reports wrong usage that was found before the options were parsed. */
  static int wrongUsage(PrintWriter err, String sentence) {
    print(err, sentence);
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    print(
        command.getErr(),
        sentence(e, args) + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
    trace(e, command.getErr());
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof ClosedOutputException) {
      return ClosedOutputException.STATUS; // no message: the pipe is closed
    }
    if (SPOKEN.stream().anyMatch(type -> type.isInstance(e))) {
      print(command.getErr(), e.getMessage());
    } else {
      print(
          command.getErr(),
          "an error in aparanet itself, please report it: " + e + " (--verbose shows where)");
    }
    trace(e, command.getErr());
    return CommandLine.ExitCode.SOFTWARE;
  }

  private void trace(Exception e, PrintWriter err) {
    if (traces) {
      e.printStackTrace(err);
    }
  }

  private static void print(PrintWriter err, String sentence) {
    err.println("aparanet: " + plain(sentence));
  }

  /** A sentence without control characters, which names of files may have. */
  static String plain(String sentence) {
    StringBuilder plain = new StringBuilder();
    sentence
        .codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                plain.append(String.format("\\u%04x", c));
              } else {
                plain.appendCodePoint(c);
              }
            });
    return plain.toString();
  }

  private static String sentence(ParameterException e, String[] args) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      ArgSpec first = missing.getMissing().get(0);
      Optional<String> option = unknownOption(e.getCommandLine(), args);
      if (first.isPositional() && option.isPresent()) {
        return "there is no option "
            + option.get()
            + ", and argument "
            + first.paramLabel()
            + " is missing; a file of that name is ./"
            + option.get();
      }
      return e.getMessage().startsWith("Missing required option")
          ? named(first) + " is missing"
          : missing(first);
    }
    if (e instanceof OverwrittenOptionException twice) {
      return named(twice.getOverwritten()) + " is given more than once";
    }
    if (e.getCause() instanceof TypeConversionException expected && e.getArgSpec() != null) {
      return refusal(e.getArgSpec(), e.getValue(), expected.getMessage());
    }
    if (e.getMessage().startsWith("Missing required subcommand")) {
      return "a command is missing; there are " + commands(e.getCommandLine());
    }
    return e.getMessage();
  }

  /** Argument that looks like an option, but is none, perhaps the name of a file. */
  private static Optional<String> unknownOption(CommandLine command, String[] args) {
    return Stream.of(args)
        .takeWhile(argument -> !argument.equals("--"))
        .filter(argument -> argument.startsWith("-") && argument.length() > 1)
        .filter(argument -> command.getCommandSpec().findOption(argument.split("=", 2)[0]) == null)
        .findFirst();
  }

  private static String unmatched(UnmatchedArgumentException e) {
    CommandLine command = e.getCommandLine();
    String argument = e.getUnmatched().get(0);
    if (argument.startsWith("-")) {
      return "there is no option " + argument + Suggestion.question(e.getSuggestions());
    }
    if (!command.getSubcommands().isEmpty()) {
      return "there is no command \""
          + argument
          + "\"; there are "
          + commands(command)
          + Suggestion.question(argument, command.getSubcommands().keySet());
    }
    return "argument \"" + argument + "\" is one too many";
  }

  private static String missing(ArgSpec argument) {
    return argument.isOption()
        ? named(argument) + " needs a value, " + argument.paramLabel()
        : named(argument) + " is missing";
  }

  private static String commands(CommandLine command) {
    return String.join(", ", command.getSubcommands().keySet());
  }

  /**
   * Message such as {@code option --epochs: "0" is not allowed; it takes a whole number from 1 to
   * 9}.
   */
  private static String refusal(ArgSpec argument, String value, String expected) {
    return named(argument) + ": \"" + value + "\" is not allowed; it takes " + expected;
  }

  private static String named(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? "option " + option.longestName()
        : "argument " + argument.paramLabel();
  }
}
