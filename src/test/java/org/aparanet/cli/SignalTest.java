package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aparanet.engine.opencl.OpenClDevices;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals that end a training: its status, and that nothing is left behind. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the test looks into /proc")
class SignalTest {
  private static final String LONG = "1000";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void endsATrainingOnTheJavaEngine(String signal, int status) throws Exception {
    Assumptions.assumeFalse(isIgnored(status - 128), "SIG" + signal + " is ignored here");
    try (RunningCommand run = train(Map.of(), "--device", "cpu", "--epochs", LONG)) {
      run.await("epoch 2/");
      run.signal(signal);
      assertEnds(run, status);
    }
  }

  @Test
  void endsATrainingWhileKernelsAreBuilt() throws Exception {
    requireOpenCl();
    Map<String, String> noCache =
        Map.of("POCL_CACHE_DIR", folder.resolve("kernels").toString(), "POCL_KERNEL_CACHE", "0");
    try (RunningCommand run = train(noCache, "--device", "opencl:0", "--epochs", LONG)) {
      run.await("  total ");
      Thread.sleep(1500); // kernels take longer, and nothing is said before they are built
      assertFalse(run.output().contains("training on"), run.output());
      run.signal("INT");
      assertEnds(run, 130);
    }
  }

  @Test
  void endsATrainingOnADevice() throws Exception {
    requireOpenCl();
    try (RunningCommand run = train(Map.of(), "--device", "opencl:0", "--epochs", LONG)) {
      run.await("epoch 1/");
      run.signal("TERM");
      assertEnds(run, 143);
    }
  }

  /** A driver that is not used can do no harm where it is not loaded. */
  @Test
  void theJavaEngineLoadsNoOpenClLibrary() throws Exception {
    try (RunningCommand run = train(Map.of(), "--device", "auto", "--epochs", LONG)) {
      run.await("epoch 1/");
      String libraries = Files.readString(Path.of("/proc/" + run.pid() + "/maps"));
      assertTrue(run.output().contains("training on cpu"), run.output());
      assertTrue(libraries.contains("libjvm"), libraries);
      for (String library : List.of("OpenCL", "aparapi.so", "libpocl", "libLLVM")) {
        assertFalse(libraries.contains(library), library);
      }
      run.signal("TERM");
      assertEnds(run, 143);
    }
  }

  private RunningCommand train(Map<String, String> environment, String... options)
      throws IOException {
    List<String> fixed =
        List.of(
            "train",
            "--network",
            "pool 4, dense 10",
            "--limit",
            "500",
            "--output",
            folder.resolve("model.safetensors").toString(),
            "--checkpoint",
            folder.resolve("checkpoints").toString(),
            "--checkpoint-every",
            "1");
    return new RunningCommand(
        folder,
        environment,
        Stream.concat(fixed.stream(), Stream.of(options)).toArray(String[]::new));
  }

  private void assertEnds(RunningCommand run, int status) throws Exception {
    assertEquals(status, run.status(), run.output());
    assertFalse(
        Files.exists(Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), run.pid() + "")),
        "Java had no time to tidy up");
    assertEquals(List.of(), names(folder.resolve("tmp")));
    assertFalse(Files.exists(folder.resolve("model.safetensors")));
    assertEquals(
        List.of(),
        Stream.concat(names(folder).stream(), names(folder.resolve("checkpoints")).stream())
            .filter(name -> name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".lock"))
            .toList());
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** As by nohup: Java leaves such a signal alone. */
  private static boolean isIgnored(int signal) throws IOException {
    String mask =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    long ignored = Long.parseUnsignedLong(mask.substring("SigIgn:".length()).strip(), 16);
    return (ignored >>> (signal - 1) & 1) != 0;
  }

  private static void requireOpenCl() {
    boolean missing = OpenClDevices.find().engines().isEmpty();
    String required = System.getProperty("aparanet.test.require", "none");
    assertFalse(missing && !required.equals("none"), "OpenCL is required here");
    Assumptions.assumeFalse(missing, "OpenCL is not tested: there is none");
  }
}
