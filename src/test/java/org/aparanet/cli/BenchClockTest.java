package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aparanet.ChildJvm;
import org.aparanet.engine.opencl.OpenClDevices;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Whose clock times the launches of {@code bench}: in a process of its own it is the device's. */
class BenchClockTest {

  private static String bench(List<String> options) throws Exception {
    boolean missing = OpenClDevices.find().engines().isEmpty();
    boolean required = !System.getProperty("aparanet.test.require", "none").equals("none");
    assertFalse(missing && required, "OpenCL is required here");
    Assumptions.assumeFalse(missing, "OpenCL is not tested: there is no device");
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            options,
            Map.of(),
            Main.class.getName(),
            List.of(
                "bench",
                "--quick",
                "--network",
                "conv 4 3 relu, dense 10",
                "--batch",
                "32",
                "--device",
                "opencl:0"));
    assertEquals(0, outcome.status(), outcome::toString);
    return outcome.out().replaceAll("\\s+", " ");
  }

  private static List<String> options(String... more) {
    String home = "-Daparanet.home=" + Path.of("").toAbsolutePath();
    return more.length == 0 ? List.of(home, "-Xmx1g") : List.of(home, "-Xmx1g", more[0]);
  }

  @Test
  void launchesAreTimedByTheDevice() throws Exception {
    String out = bench(options());
    assertTrue(out.contains("timed by the device's own clock (OpenCL events)"), out);
    assertTrue(out.contains("call 1 of 2, waiting for launches"), out);
  }

  @Test
  void orByTheHostIfThatIsTurnedOff() throws Exception {
    String out = bench(options("-Dcom.aparapi.enableProfiling=false"));
    assertTrue(out.contains("timed by the wall clock, with the wait for it"), out);
    assertFalse(out.contains("OpenCL events"), out);
  }
}
