package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aparanet.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose output nobody reads to its end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes of Windows fail otherwise")
class ClosedOutputTest {
  @TempDir Path folder;

  @Test
  void resultsWithoutAReaderEndTheCommandWithoutAWord() throws Exception {
    for (String command : List.of("kernels", "devices", "--help")) {
      Path err = folder.resolve("err");
      Process process = start(err, command);
      process.getInputStream().close();
      assertEquals(141, status(process), command);
      assertQuiet(Files.readString(err));
    }
  }

  @Test
  void whatWasTrainedIsWrittenAllTheSame() throws Exception {
    Path model = folder.resolve("model.safetensors");
    Path page = folder.resolve("page.html");
    Path err = folder.resolve("err");
    Process process =
        start(
            err,
            "train",
            "--device",
            "cpu",
            "--network",
            "pool 4, dense 10",
            "--limit",
            "100",
            "--epochs",
            "1",
            "--output",
            model.toString(),
            "--html",
            page.toString());
    process.getInputStream().close();
    assertEquals(141, status(process), () -> read(err));
    assertTrue(Files.exists(model));
    assertTrue(Files.exists(page));
    assertQuiet(read(err));
  }

  @Test
  void predictionsAreWrittenAllTheSame() throws Exception {
    Path model = SmallModel.write(folder.resolve("model"));
    Path pictures = folder.resolve("pictures");
    for (int i = 0; i < 100; i++) {
      SmallModel.image(pictures.resolve(i + ".png"), false);
    }
    Path csv = folder.resolve("out.csv");
    Path err = folder.resolve("err");

    Process process = start(err, "predict", "" + model, "" + pictures, "--csv", "" + csv);
    process.getInputStream().close();
    assertEquals(141, status(process), () -> read(err));
    assertEquals(101, read(csv).lines().count());
    assertQuiet(read(err));

    Process printing =
        start(err, "predict", "" + model, "" + pictures, "--csv", "-", "--json", "" + csv);
    printing.getInputStream().close();
    assertEquals(141, status(printing), () -> read(err));
    assertTrue(read(csv).endsWith("\"unreadable\": 0\n}\n"), () -> read(csv));
    assertQuiet(read(err));
  }

  @Test
  void progressWithoutAReaderEndsATraining() throws Exception {
    ProcessBuilder builder =
        builder("train", "--device", "cpu", "--network", "pool 4, dense 10", "--epochs", "1000");
    Process process = builder.redirectErrorStream(true).start();
    process.getInputStream().close();
    assertEquals(141, status(process));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "it alone has /dev/full")
  void aFullDiskIsNotSilent() throws Exception {
    Path err = folder.resolve("err");
    Process process =
        builder("kernels")
            .redirectOutput(Path.of("/dev/full").toFile())
            .redirectError(err.toFile())
            .start();
    assertEquals(1, status(process));
    assertTrue(
        read(err).contains("aparanet: the results could not be written to the standard output"),
        () -> read(err));
  }

  private static Process start(Path err, String... arguments) throws IOException {
    return builder(arguments).redirectError(err.toFile()).start();
  }

  private static ProcessBuilder builder(String... arguments) {
    return new ProcessBuilder(
        ChildJvm.command(
            List.of("-Daparanet.home=" + Path.of("").toAbsolutePath()),
            Main.class.getName(),
            List.of(arguments)));
  }

  private static int status(Process process) throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it has not ended");
    return process.exitValue();
  }

  private static void assertQuiet(String err) {
    assertFalse(err.contains("aparanet: ") || err.contains("\tat "), err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
