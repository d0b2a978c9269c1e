package org.aparanet.cli;

import java.util.List;

/** Commands of the program by their names, in the order in which its help has them. */
final class Commands {
  static final List<String> NAMES =
      List.of(
          "train",
          "evaluate",
          "predict",
          "look",
          "serve",
          "export",
          "import",
          "data",
          "bench",
          "devices",
          "kernels",
          "completion",
          "help");

  private Commands() {}

  /**
   * Names of the commands that arguments can come to. One whose name comes first is the only one:
   * picocli takes long to read the options of all.
   */
  static List<String> reachable(String... arguments) {
    boolean alone =
        arguments.length > 0
            && NAMES.contains(arguments[0])
            && !arguments[0].equals("completion") // these two
            && !arguments[0].equals("help"); // tell of the others
    return alone ? List.of(arguments[0]) : NAMES;
  }

  /** A new command of one of the names. */
  static Object named(String name) {
    return switch (name) {
      case "train" -> new TrainCommand();
      case "evaluate" -> new EvaluateCommand();
      case "predict" -> new PredictCommand();
      case "look" -> new LookCommand();
      case "serve" -> new ServeCommand();
      case "export" -> new ExportCommand();
      case "import" -> new ImportCommand();
      case "data" -> new DataCommand();
      case "bench" -> new BenchCommand();
      case "devices" -> new DevicesCommand();
      case "kernels" -> new KernelsCommand();
      case "completion" -> new CompletionCommand();
      case "help" -> new HelpCommand();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
