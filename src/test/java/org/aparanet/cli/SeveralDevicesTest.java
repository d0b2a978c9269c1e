package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aparanet.ChildJvm;
import org.aparanet.engine.Engine;
import org.aparanet.engine.PretendedGpu;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.select.TestEngines;
import org.aparanet.model.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on several devices, from the command line. */
class SeveralDevicesTest {
  private static final Engine WORKS = new CpuEngine(1);
  private static final String GPU = "opencl:0 (Pretended)";
  private static final String JAVA = "cpu (Java engine)";

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void writeData() throws Exception {
    data = SmallSet.write(folder.resolve("data"), 200, 100);
  }

  private static Engine gpu() {
    return new PretendedGpu(WORKS, session -> session);
  }

  /** Two epochs of 20 steps, unless it is resumed. */
  private CommandRun train(Engine gpu, String... options) {
    List<String> all = new ArrayList<>(List.of("train"));
    if (!List.of(options).contains("--resume")) {
      all.addAll(List.of("--data", "" + data, "--network", "pool 2, dense 4"));
      all.addAll(List.of("--epochs", "2", "--batch", "10"));
    }
    all.addAll(List.of(options));
    return CommandRun.with(threads -> TestEngines.trusted(gpu), all.toArray());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private float[] parameters(String model) {
    return ModelFile.load(folder.resolve(model)).parameters();
  }

  private static String line(CommandRun run, String start) {
    return run.err().lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void theDevicesSharesAndRoundsAreSaid() {
    CommandRun run =
        train(gpu(), "--device", "opencl:0", "--device", "cpu", "--share", "3:1", "--round", "5");

    assertEquals(0, run.status(), run.err());
    assertEquals(
        "training on "
            + GPU
            + " and "
            + JAVA
            + ", 3:1, averaged after every 5 steps: epochs 2, batch 10, learning rate 0.05, seed 1,"
            + " round 5, share 3:1",
        line(run, "training on"));
    assertTrue(
        run.out()
            .strip()
            .matches(
                "test accuracy [0-9.]+ % \\([0-9]+ of 100\\), [0-9.]+ s, [0-9]+ images/s on"
                    + " opencl:0 \\(Pretended\\) and cpu \\(Java engine\\)"),
        run.out());
  }

  @Test
  void measuredSharesAreSaidAndKept() {
    CommandRun run =
        train(gpu(), "--device", "all", "--checkpoint", path("kept"), "--history", path("h"));

    assertEquals(0, run.status(), run.err());
    assertTrue(
        line(run, "shares of each batch")
            .matches(
                "shares of each batch by measured speed: [0-9]+ % opencl:0 \\(Pretended\\), [0-9]+"
                    + " % cpu \\(Java engine\\)"),
        run.err());
    String shares = line(run, "training on").replaceFirst(".*, share ", "");
    assertTrue(shares.matches("[0-9]+:[0-9]+"), shares);
    CommandRun again = train(gpu(), "--resume", path("kept"));
    assertEquals(0, again.status(), again.err());
    assertTrue(
        line(again, "going on")
            .contains(" --device=opencl:0,cpu --history=" + path("h") + " --share=" + shares),
        again.err());
    assertFalse(again.err().contains("by measured speed"), again.err());
  }

  @Test
  void aDeviceThatFailsLeavesItsShareToTheOthersAndTheResultIsTheSame() throws Exception {
    CommandRun whole =
        train(gpu(), "--device", "opencl:0,cpu", "--deterministic", "--output", path("whole"));
    CommandRun run =
        train(
            PretendedGpu.failingAtStep(WORKS, 7),
            "--device",
            "opencl:0,cpu",
            "--deterministic",
            "--output",
            path("model"),
            "--html",
            path("page"));

    assertEquals(0, whole.status(), whole.err());
    assertEquals(0, run.status(), run.err());
    assertEquals(
        GPU + " fell off the bus; its share goes to " + JAVA + ", nothing is lost",
        line(run, "opencl:0"));
    assertArrayEquals(parameters("whole"), parameters("model"));
    assertEquals(result(whole), result(run));
    assertTrue(run.out().strip().endsWith(" images/s on " + GPU + " and " + JAVA), run.out());
    assertTrue(
        Files.readString(folder.resolve("page")).contains("images/s on " + GPU + " and " + JAVA));
  }

  private static String result(CommandRun run) {
    return run.out().strip().split(",")[0];
  }

  @Test
  void whatWasLearnedIsKeptWhereAllDevicesFail() {
    CommandRun run =
        train(
            PretendedGpu.failingAtStep(WORKS, 27),
            "--device",
            "opencl:0,opencl:0",
            "--sync-every",
            "1",
            "--output",
            path("model"));

    assertEquals(1, run.status());
    assertEquals(
        "aparanet: "
            + GPU
            + " fell off the bus; the parameters after step 26 were still good and are in "
            + path("model"),
        run.err().lines().reduce((a, b) -> b).orElseThrow());
    assertEquals(17 * 4, parameters("model").length);
  }

  @Test
  void theSharesOfATrainingAreThoseThatItBeganWith() {
    String[] both = {"--device", "opencl:0,cpu", "--share", "2:1", "--round", "3"};
    train(gpu(), both[0], both[1], both[2], both[3], both[4], both[5], "--output", path("whole"));
    Path kept = folder.resolve("kept");
    train(gpu(), both[0], both[1], both[2], both[3], both[4], both[5], "--checkpoint", "" + kept);

    for (String devices : List.of("cpu", "cpu,opencl:0", "cpu,cpu,opencl:0")) {
      CommandRun run =
          train(gpu(), "--resume", "" + kept, "--device", devices, "--output", path("rest"));
      assertEquals(0, run.status(), run.err());
      assertTrue(line(run, "training on").contains(", 2:1, averaged after every 3 steps"));
      assertArrayEquals(parameters("whole"), parameters("rest"), devices);
    }
    for (String option : List.of("--share=1:1", "--round=2", "--deterministic")) {
      CommandRun refused = train(gpu(), "--resume", "" + kept, option);
      assertEquals(2, refused.status());
      assertTrue(
          refused.err().contains(option.split("=")[0] + " cannot stand beside --resume"),
          refused.err());
    }
  }

  @Test
  void aTrainingOfOneDeviceGoesOnWithOne() {
    train(gpu(), "--device", "cpu", "--checkpoint", path("kept"));
    for (String devices : List.of("all", "cpu,cpu")) {
      CommandRun run = train(gpu(), "--resume", path("kept"), "--device", devices);
      assertEquals(2, run.status());
      assertEquals(
          "aparanet: option --device: "
              + devices
              + " may be several devices, but the training began with whole batches on one, and goes"
              + " on as it began; name one, such as cpu (see aparanet train --help)",
          run.err().lines().reduce((a, b) -> b).orElseThrow());
    }
  }

  @Test
  void sessionsOfTheJavaEngineDivideTheProcessorsUnlessThreadsAreGiven() {
    int processors = Runtime.getRuntime().availableProcessors();
    assertEquals(List.of(processors), threads("--device", "opencl:0,cpu"));
    assertEquals(List.of(Math.max(1, processors / 2)), threads("--device", "cpu,cpu"));
    assertEquals(List.of(3), threads("--device", "cpu,cpu", "--threads", "3"));
  }

  /** Threads of the engines that a training asks for. */
  private List<Integer> threads(String... options) {
    List<Integer> asked = new ArrayList<>();
    List<String> all = new ArrayList<>(List.of("train", "--data", "" + data, "--epochs", "1"));
    all.addAll(List.of("--network", "pool 2, dense 4", "--deterministic"));
    all.addAll(List.of(options));
    CommandRun run =
        CommandRun.with(
            threads -> {
              asked.add(threads);
              return TestEngines.trusted(gpu());
            },
            all.toArray());
    assertEquals(0, run.status(), run.err());
    return asked;
  }

  @Test
  void aDeviceThatIsMissingIsNamed() {
    CommandRun run = train(gpu(), "--device", "cpu,opencl:1");
    assertEquals(1, run.status());
    assertEquals(
        "aparanet: there is no device opencl:1: the only OpenCL device is opencl:0",
        run.err().lines().reduce((a, b) -> b).orElseThrow());
  }

  /** A driver that offers one processor twice. */
  @Test
  void twoOpenClDevicesTrainTogether() throws Exception {
    OpenClFailureTest.requirePocl();
    ChildJvm.Outcome run =
        ChildJvm.run(
            List.of("-Daparanet.home=" + Path.of("").toAbsolutePath(), "-Xmx1g"),
            Map.of("POCL_DEVICES", "pthread pthread"),
            Main.class.getName(),
            List.of(
                "train",
                "--data",
                "" + data,
                "--network",
                "conv 4 3 relu, pool 2, dense 4",
                "--epochs",
                "2",
                "--batch",
                "10",
                "--device",
                "opencl:0,opencl:1",
                "--round",
                "2",
                "--verbose"));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains(", 1:1, averaged after every 2 steps: "), run.err());
    for (String device : List.of("opencl:0", "opencl:1")) {
      assertTrue(
          run.err()
              .lines()
              .anyMatch(
                  line ->
                      line.startsWith(device + " (")
                          && line.contains("kernels built in")
                          && line.contains("each of 40 steps")),
          run.err());
    }
    assertTrue(
        run.out().strip().matches(".* images/s on opencl:0 \\(.+\\) and opencl:1 \\(.+\\)"),
        run.out());
  }
}
