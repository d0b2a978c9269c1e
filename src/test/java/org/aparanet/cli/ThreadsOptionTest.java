package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.select.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command that runs a network does so on as many threads as it is told. */
class ThreadsOptionTest {
  @TempDir Path folder;

  private final List<Integer> asked = new ArrayList<>();

  @Test
  void threadsAreThoseOfTheOptionOrOneForEachProcessor() throws Exception {
    String data = SmallSet.write(folder.resolve("set"), 40, 20).toString();
    String model = folder.resolve("model").toString();
    int processors = Runtime.getRuntime().availableProcessors();
    String[][] commands = {
      {"train", "--data", data, "--network", "dense 4", "--epochs", "1", "--output", model},
      {"evaluate", model, "--data", data},
      {"evaluate", model, "--data", data, "--shifts", "1"},
      {"predict", model, "0", "--data", data},
    };
    for (String[] command : commands) {
      asked.clear();
      run(command);
      assertEquals(List.of(processors), asked, command[0]);

      asked.clear();
      List<String> more = new ArrayList<>(List.of(command));
      more.addAll(List.of("--threads", "" + (processors + 3)));
      run(more.toArray(String[]::new));
      assertEquals(List.of(processors + 3), asked, command[0]);
    }
  }

  private void run(String... arguments) {
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            threads -> {
              asked.add(threads);
              return TestEngines.of();
            },
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            arguments);
    assertEquals(0, status, err::toString);
  }
}
