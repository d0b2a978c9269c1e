package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that makes a shell complete, in a bash that is asked as a key press would. */
class CompletionTest {
  private static final String ASK =
      """
      source "$0"
      compopt() { :; } # is there only at a key press
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      _complete_aparanet
      echo "${COMPREPLY[*]}"
      """;

  @TempDir Path folder;

  @BeforeEach
  void findBash() throws InterruptedException {
    boolean found;
    try {
      found = new ProcessBuilder("bash", "-c", "true").start().waitFor() == 0;
    } catch (IOException e) {
      found = false;
    }
    assumeTrue(found, "this system has no bash");
  }

  @ParameterizedTest
  @CsvSource({
    "tr, train",
    "train --opt, --optimizer",
    "train --preset mnist, mnist-fast mnist-tiny mnist-best",
    "train --optimizer a, adam adamw",
    "train --network l, lenet",
    "train --class-weights b, balanced",
    "train --data fashion, fashion-mnist",
    "evaluate --device c, cpu",
    "evaluate --device a, auto",
    "train --device a, auto all",
    "train --ro, --round",
    "train --sh, --share",
    "train --det, --deterministic",
    "evaluate --a, --all",
    "predict --c, --csv",
    "look --in, --invert",
    "data f, fetch",
    "data fetch k, kmnist",
    "help ke, kernels",
    "kernels Soft, SoftmaxLoss",
    "completion z, zsh",
  })
  void bashCompletes(String typed, String completed) throws Exception {
    assertEquals(completed, ask(typed));
  }

  @Test
  void theScriptIsTheSameForZsh() {
    assertEquals(script("bash"), script("zsh"));
  }

  private String ask(String typed) throws Exception {
    Path script = Files.writeString(folder.resolve("completion"), script("bash"));
    List<String> command = new ArrayList<>(List.of("bash", "-c", ASK, script + "", "aparanet"));
    command.addAll(List.of(typed.split(" ")));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), said);
    return said.strip();
  }

  private static String script(String shell) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), "completion", shell);
    assertEquals(0, status, err.toString());
    return out.toString();
  }
}
