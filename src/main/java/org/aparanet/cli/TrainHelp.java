package org.aparanet.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/** Help of the command train: its options in groups. */
final class TrainHelp implements IHelpSectionRenderer {
  static final Map<String, List<String>> GROUPS = groups();

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put(
        "What to train",
        List.of("--preset", "--data", "--input", "--limit", "--network", "--weights", "--freeze"));
    groups.put(
        "How to train",
        List.of(
            "--epochs",
            "--batch",
            "--learning-rate",
            "--head-rate",
            "--schedule",
            "--optimizer",
            "--momentum",
            "--beta2",
            "--weight-decay",
            "--clip-norm",
            "--label-smoothing",
            "--class-weights",
            "--normalize",
            "--mean",
            "--std",
            "--augment",
            "--ema",
            "--swa",
            "--validation",
            "--patience",
            "--test-every",
            "--seed",
            "--no-shuffle"));
    groups.put(
        "Where to train",
        List.of(
            "--device",
            "--round",
            "--share",
            "--deterministic",
            "--threads",
            "--softmax",
            "--sync-every"));
    groups.put(
        "What to keep",
        List.of(
            "--output",
            "--history",
            "--html",
            "--checkpoint",
            "--checkpoint-every",
            "--checkpoint-keep",
            "--resume"));
    groups.put("What to see", List.of("--watch"));
    groups.put("General", List.of("--verbose", "--help", "--version"));
    return groups;
  }

  @Override
  public String render(Help help) {
    StringBuilder text = new StringBuilder();
    GROUPS.forEach(
        (heading, names) -> {
          List<OptionSpec> options = names.stream().map(help.commandSpec()::findOption).toList();
          Layout layout = help.createDefaultLayout();
          layout.addAllOptions(options, help.createDefaultParamLabelRenderer());
          text.append(System.lineSeparator());
          text.append(heading).append(':').append(System.lineSeparator());
          text.append(layout);
        });
    return text.toString();
  }
}
