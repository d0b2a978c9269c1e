package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.aparanet.ChildJvm;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A session that was closed, or that failed while it opened, has given everything back: after many
 * of them a process is as large as after a few.
 *
 * <p>The system property {@code aparanet.test.sessions} says how many; a session takes about 70 ms.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc/self/status")
class ResourcesTest {

  /**
   * What the process grows by on its own, by compiling code, was seen to be half as much; sixty
   * sessions that stay open take half as much again.
   */
  private static final long ALLOWED_KIB = 32 << 10;

  /**
   * Has glibc give large blocks back as soon as they are free. Left to itself, it raises its
   * thresholds and keeps some, 24 MiB at a time.
   */
  private static final Map<String, String> GIVEN_BACK =
      Map.of("MALLOC_MMAP_THRESHOLD_", "131072", "MALLOC_TRIM_THRESHOLD_", "131072");

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void closedSessionsLeaveNothingBehind(HostMemory memory) throws Exception {
    OpenClTestDevice.engine(memory);
    String sessions = System.getProperty("aparanet.test.sessions", "100");
    // a heap that is there from the beginning, so that only native memory can grow
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            List.of("-XX:+UseG1GC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"),
            GIVEN_BACK,
            SessionsProbe.class.getName(),
            List.of(memory.name(), sessions));

    assertEquals(0, outcome.status(), outcome::toString);
    List<Long> resident =
        outcome
            .out()
            .lines()
            .filter(line -> line.startsWith("resident "))
            .map(line -> Long.valueOf(line.substring("resident ".length())))
            .toList();
    assertEquals(10, resident.size(), outcome::toString);
    // the first tenth loads and compiles code; a single reading may be high by chance
    long growth =
        Collections.min(resident.subList(7, 10)) - Collections.min(resident.subList(1, 4));
    assertTrue(growth < ALLOWED_KIB, () -> "grew by " + growth + " KiB: " + resident);
  }
}
