package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.PretendedGpu;
import org.aparanet.engine.check.CheckedOperation;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.select.Engines;
import org.aparanet.engine.select.TestEngines;
import org.junit.jupiter.api.Test;

/** What {@code devices --check} prints, and its exit status. */
class DevicesCheckTest {
  private static final Engine WORKS = new CpuEngine(1);

  @Test
  void everyDeviceOfThisMachineIsRightInEveryOperation() {
    CommandRun run = check(Engines::new);

    List<String> notes =
        new Engines(1)
            .devices().stream()
                .filter(device -> device.kind() != Device.Kind.JAVA)
                .map(device -> "checking " + device + " against the reference ...")
                .toList();
    assertEquals(notes, run.err().lines().toList());
    assertEquals(0, run.status());
    List<String> lines = run.out().lines().toList();
    List<String> expected = new ArrayList<>();
    for (Device device : new Engines(1).devices()) {
      for (CheckedOperation operation : CheckedOperation.values()) {
        expected.add("  " + operation);
      }
      expected.add(device + " computes right: no operation is off by more than");
    }
    assertStartLike(expected, lines, new Engines(1).devices().size());
  }

  @Test
  void aDeviceThatComputesWronglyIsReportedAndFails() {
    Engine wrong = PretendedGpu.computingWrongly(WORKS);

    CommandRun run = check(threads -> TestEngines.of(wrong));

    assertEquals(1, run.status());
    assertEquals(FAILED, run.err().lines().toList());
    assertTrue(run.out().lines().anyMatch(l -> l.matches("  update +\\S+  wrong")), run.out());
    List<String> wrongs = run.out().lines().filter(l -> l.endsWith("  wrong")).toList();
    assertTrue(wrongs.get(0).startsWith("  update "), run.out());
    assertEquals(7, wrongs.size(), "the update and each optimizer, which rest on it: " + run.out());
    assertTrue(
        run.out().contains("opencl:0 (Pretended) computes wrongly: update is off"), run.out());
    assertTrue(run.out().contains("cpu (Java engine) computes right"), run.out());
    assertTrue(
        run.out().contains("--device auto takes cpu: opencl:0 (Pretended) computes wrongly"),
        run.out());
  }

  @Test
  void aDeviceThatCannotFinishTheCheckFails() {
    CommandRun run = check(threads -> TestEngines.of(PretendedGpu.failingAtStep(WORKS, 1)));

    assertEquals(1, run.status());
    assertEquals(FAILED, run.err().lines().toList());
    assertTrue(
        run.out().contains("opencl:0 (Pretended) failed: opencl:0 (Pretended) fell off the bus"),
        run.out());
  }

  @Test
  void withoutCheckNothingIsRun() {
    CommandRun run =
        run(
            threads ->
                TestEngines.of(
                    new PretendedGpu(
                        WORKS,
                        session -> {
                          throw new AssertionError("a session was opened");
                        })),
            "devices");

    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("--device auto takes opencl:0: the first GPU"), run.out());
    assertFalse(run.out().contains("computes"), run.out());
  }

  private static final List<String> FAILED =
      List.of(
          "checking opencl:0 (Pretended) against the reference ...",
          "aparanet: the check failed on opencl:0 (Pretended)");

  private static void assertStartLike(List<String> expected, List<String> lines, int after) {
    for (int i = 0; i < expected.size(); i++) {
      String line = lines.get(after + i);
      assertTrue(line.startsWith(expected.get(i)), () -> line + " does not start as it should");
    }
  }

  private static CommandRun check(IntFunction<Engines> engines) {
    return run(engines, "devices", "--check");
  }

  private static CommandRun run(IntFunction<Engines> engines, String... arguments) {
    return CommandRun.with(engines, (Object[]) arguments);
  }
}
