package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.junit.jupiter.api.Test;

/**
 * However often a predictor is used, it takes no more memory, neither of Java nor of the system.
 */
class PredictorMemoryTest {
  private static final Pattern LINE = Pattern.compile("heap ([0-9]+) resident ([0-9]+)");
  private static final String THREADS = "8";
  private static final long ALLOWED_HEAP_KIB = 1 << 10;
  private static final long ALLOWED_KIB = 16 << 10;

  @Test
  void ofTheJavaEngine() throws Exception {
    assertFlat("cpu", 200_000);
  }

  @Test
  void ofAnOpenClDevice() throws Exception {
    OpenClTestDevice.engine(HostMemory.SHARED); // or this is skipped
    assertFlat("opencl:0", 8_000);
  }

  private static void assertFlat(String device, int predictions) throws Exception {
    // a heap that is there from the beginning, so that only native memory can grow
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            List.of(
                "-XX:+UseG1GC",
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "--add-modules",
                "jdk.incubator.vector"),
            Map.of("MALLOC_MMAP_THRESHOLD_", "131072", "MALLOC_TRIM_THRESHOLD_", "131072"),
            PredictionsProbe.class.getName(),
            List.of(device, "" + predictions, THREADS));

    assertEquals(0, outcome.status(), outcome::toString);
    List<MatchResult> lines = LINE.matcher(outcome.out()).results().toList();
    assertEquals(10, lines.size(), outcome::toString);
    assertTrue(growth(lines, 1) < ALLOWED_HEAP_KIB, () -> "heap: " + outcome.out());
    assertTrue(growth(lines, 2) < ALLOWED_KIB, () -> "resident: " + outcome.out());
  }

  /** From the first tenths, which load and compile code, to the last ones. */
  private static long growth(List<MatchResult> lines, int group) {
    List<Long> values = lines.stream().map(line -> Long.valueOf(line.group(group))).toList();
    return Collections.min(values.subList(7, 10)) - Collections.min(values.subList(1, 4));
  }
}
