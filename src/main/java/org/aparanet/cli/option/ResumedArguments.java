package org.aparanet.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aparanet.data.DataSets;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.train.OptimizerNames;
import org.aparanet.train.checkpoint.RunIdentity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Keeps the options of a training with its checkpoints, and brings them back. */
public final class ResumedArguments {

  /** May be given beside --resume: they change nothing of what the training computes. */
  private static final Set<String> ALLOWED =
      Set.of(
          "--output",
          "--history",
          "--html",
          "--device",
          "--threads",
          "--softmax",
          "--sync-every",
          "--checkpoint-every",
          "--checkpoint-keep",
          "--resume",
          "--verbose");

  /** Mean nothing later, or are kept otherwise. */
  private static final Set<String> NOT_KEPT =
      Set.of("--checkpoint", "--resume", "--verbose", "--network", "--weights", "--preset");

  private ResumedArguments() {}

  /**
   * The options of the command as it was called, for {@link RunIdentity#arguments}.
   *
   * @param network text of the network that is trained
   */
  public static List<String> of(CommandSpec spec, String network) {
    Map<String, String> options = given(spec, true);
    options.keySet().removeAll(NOT_KEPT);
    options.put("--network", network);
    return join(options);
  }

  /**
   * The arguments with which to go on.
   *
   * @param spec of the command as it was called now
   * @param folder of the checkpoints
   * @throws ParameterException if another option than the allowed ones is given beside --resume
   */
  public static List<String> merge(CommandSpec spec, RunIdentity run, Path folder) {
    Map<String, String> options = split(run.arguments());
    Map<String, String> now = given(spec, false);
    now.remove("--resume");
    options.putAll(now);
    options.put("--checkpoint", folder.toString());
    return join(options);
  }

  /**
   * @throws ParameterException if another option than the allowed ones is given beside --resume
   */
  public static void check(CommandSpec spec) {
    for (String option : given(spec, false).keySet()) {
      if (!ALLOWED.contains(option)) {
        throw new ParameterException(
            spec.commandLine(),
            "option "
                + option
                + " cannot stand beside --resume, for the training goes on as it began; allowed are "
                + String.join(", ", ALLOWED.stream().sorted().toList()));
      }
    }
  }

  /**
   * The options of the command as it was called.
   *
   * @param absolute whether to make them independent of the folder in which the program was started
   */
  public static Map<String, String> given(CommandSpec spec, boolean absolute) {
    Map<String, String> options = new LinkedHashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      options.put(option.longestName(), text(option, absolute));
    }
    return options;
  }

  /** Options by name, from arguments such as {@code --epochs=3}. */
  public static Map<String, String> split(List<String> arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      options.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return options;
  }

  private static String text(OptionSpec option, boolean absolute) {
    String text = String.join("", option.originalStringValues());
    if (option.arity().max() == 0) {
      return "true";
    }
    if (option.getValue() instanceof DeviceChoice device) {
      return device.toString();
    }
    if (option.getValue() instanceof Optimizer.Rule rule) {
      return OptimizerNames.of(rule);
    }
    if (!absolute) {
      return text;
    }
    if (option.getValue() instanceof Path path) {
      return path.toAbsolutePath().toString();
    }
    return option.longestName().equals("--data") ? absolute(text) : text;
  }

  private static String absolute(String nameOrFolder) {
    String name = DataSets.canonical(nameOrFolder);
    return DataSets.names().contains(name) ? name : Path.of(name).toAbsolutePath().toString();
  }

  /** The reverse of {@link #split}. */
  static List<String> join(Map<String, String> options) {
    List<String> arguments = new ArrayList<>();
    options.forEach((name, value) -> arguments.add(name + "=" + value));
    return arguments;
  }
}
