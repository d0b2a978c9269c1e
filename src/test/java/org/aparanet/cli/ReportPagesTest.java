package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.browser.Browser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of {@code train}, {@code evaluate} and {@code bench}, opened as their readers do. */
@Tag("browser")
final class ReportPagesTest {
  @TempDir Path folder;

  @Test
  void pageOfATraining() {
    Path page = folder.resolve("train.html");
    run("train", "--epochs", "1", "--limit", "2000", "--device", "cpu", "--html", "" + page);

    assertReadable(page, "train");
  }

  @Test
  void pageOfATestWithTheCurvesOfItsTraining() {
    Path model = folder.resolve("m.safetensors");
    Path history = folder.resolve("h.jsonl");
    Path page = folder.resolve("evaluate.html");
    run(
        "train",
        "--epochs",
        "3",
        "--limit",
        "2000",
        "--device",
        "cpu",
        "--schedule",
        "one-cycle",
        "--output",
        "" + model,
        "--history",
        "" + history);
    run("evaluate", "" + model, "--device", "cpu", "--history", "" + history, "--html", "" + page);

    assertReadable(page, "evaluate");
  }

  @Test
  void pageOfABench() {
    Path page = folder.resolve("bench.html");
    run("bench", "--quick", "--html", "" + page);

    assertReadable(page, "bench");
  }

  private static void assertReadable(Path page, String name) {
    try (Browser browser = new Browser()) {
      for (boolean dark : new boolean[] {false, true}) {
        for (int width : new int[] {400, 1280}) {
          browser.scheme(dark);
          browser.resize(width, 900);
          browser.open(page.toUri().toString());

          assertEquals(
              true,
              browser.run("return document.documentElement.scrollWidth <= innerWidth"),
              "wider than " + width);
          Object small =
              browser.run(
                  "return [...document.images].filter(i => i.src.startsWith('data:image/svg')"
                      + " && 15 * i.getBoundingClientRect().width / i.naturalWidth < 10.9)"
                      + ".map(i => i.alt)");
          assertEquals(List.of(), small, "letters below 11 pixels at " + width);
          browser.assertAccessible();
          browser.screenshot(name + (dark ? "-dark-" : "-light-") + width);
        }
      }
      assertEquals(List.of(), browser.console());
      assertTrue(browser.requests().stream().allMatch(page.toUri().toString()::equals));
    }
  }

  private static void run(String... arguments) {
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), arguments);
    assertEquals(0, status, err.toString());
  }
}
