package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntFunction;
import org.aparanet.cli.option.CommandContext;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.cli.show.ClosedOutputException;
import org.aparanet.cli.show.Terminal;
import org.aparanet.cli.show.TerminalWidth;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.Engines;
import org.aparanet.train.SyncInterval;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Entry point of the command line: exit status 0 is done, 1 is failed, 2 is wrong usage. */
@Command(
    name = "aparanet",
    description = "Trains convolutional networks on a GPU through OpenCL, or in Java.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class)
public final class Main implements CommandContext {
  private static final int WIDTH = 80;
  private static final int LEAST_WIDTH = 55; // picocli's

  @Spec private CommandSpec spec;

  private final IntFunction<Engines> engines;
  private boolean verbose;

  private Main(IntFunction<Engines> engines) {
    this.engines = engines;
  }

  @Override
  public Engines engines(int threads) {
    return engines.apply(threads);
  }

  @Override
  public boolean isVerbose() {
    return verbose;
  }

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log more, and show the stack trace of an error.")
  void verbose(boolean verbose) {
    this.verbose = verbose;
    Failures.showTraces(spec.root().commandLine(), verbose);
    Logging.verbose(verbose);
  }

  public static void main(String[] args) {
    Terminal.open();
    int status;
    try {
      status = run(Terminal.output(), Terminal.error(), args);
    } catch (ClosedOutputException e) {
      status = ClosedOutputException.STATUS;
    }
    System.exit(status);
  }

  /**
   * Runs one command.
   *
   * @param out receives the results
   * @param err receives progress and errors
   * @return the exit status
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(Engines::new, out, err, args);
  }

  /** Runs one command with the given engines by number of threads instead of this machine's. */
  static int run(IntFunction<Engines> engines, PrintWriter out, PrintWriter err, String... args) {
    Optional<String> unreadable = Arguments.problem(args);
    if (unreadable.isPresent()) {
      return Failures.wrongUsage(err, unreadable.get());
    }
    if (Version.isAskedFor(args)) {
      return Version.print(out, err);
    }
    Logging.start();
    CommandLine commands = new CommandLine(new Main(engines));
    Commands.reachable(args).forEach(name -> commands.addSubcommand(name, Commands.named(name)));
    configure(commands, out, err);
    Optional.ofNullable(commands.getSubcommands().get("train"))
        .map(CommandLine::getHelpSectionMap)
        .ifPresent(
            sections -> sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new TrainHelp()));
    try {
      int status = commands.execute(Arguments.unmistakable(args));
      return out.checkError() ? Failures.resultsLost(err) : status;
    } catch (OutOfMemoryError e) {
      return Failures.outOfMemory(err, commands);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /**
   * Has commands read options, and tell of failures, as all do.
   *
   * @param out receives the results
   * @param err receives progress and errors
   */
  static void configure(CommandLine commands, PrintWriter out, PrintWriter err) {
    Failures failures = new Failures();
    commands
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false)
        .registerConverter(DeviceChoice.class, new OptionConverters.DeviceName())
        .registerConverter(SyncInterval.class, new OptionConverters.Sync())
        .registerConverter(Path.class, new OptionConverters.FilePath())
        .registerConverter(Long.class, new OptionConverters.Seed())
        .setExecutionStrategy(Main::execute)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setUsageHelpWidth(TerminalWidth.told().map(w -> Math.max(w, LEAST_WIDTH)).orElse(WIDTH));
  }

  /**
   * Runs the command, or prints help, whose failures picocli would show with their stack traces.
   */
  private static int execute(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (ClosedOutputException e) {
      return ClosedOutputException.STATUS;
    }
  }
}
