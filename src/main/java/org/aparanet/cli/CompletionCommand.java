package org.aparanet.cli;

import org.aparanet.cli.option.Candidates;
import org.aparanet.cli.option.OptionConverters;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that makes a shell complete commands, options and names. */
@Command(
    name = "completion",
    description = "Print a script for bash or zsh that completes commands, options and names.",
    footerHeading = "%nFor this shell, or in ~/.bashrc or ~/.zshrc for all to come:%n",
    footer = "  source <(aparanet completion bash)")
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      converter = Shell.class,
      completionCandidates = Candidates.Shells.class,
      description = "bash or zsh; the script suits both.")
  private String shell;

  @Override
  public void run() {
    spec.commandLine()
        .getOut()
        .print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
  }

  static final class Shell implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return OptionConverters.word(text, Candidates.SHELLS);
    }
  }
}
