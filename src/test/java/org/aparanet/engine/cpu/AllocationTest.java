package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aparanet.ChildJvm;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step allocates nothing that grows with the batch or the network. */
class AllocationTest {
  /** The step's own small objects: its tasks and their closures. */
  private static final long ALLOWED = 1024;

  private static final long ALLOWED_FOR_A_STAGE = 1024;

  /**
   * In a process of its own: what the compiler makes of a step depends on what it has seen before.
   * And one that waits for the compiler, so that nothing depends on how busy the machine is.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conv 8 5 relu, pool 2, dense 10                                              |  1 | SGD
          conv 6 5 same relu, pool 2, conv 16 5 relu, pool 2, dense 84 relu, dense 10  | 64 | SGD
          conv 8 3 relu, conv 8 3 relu, pool 2, dropout 0.3, dense 10                  | 40 | ADAM
          conv 8 3 nobias, batchnorm relu, [conv 8 3 same relu], globalpool, dense 10  | 40 | MOMENTUM
          """)
  void bytesOfAStep(String network, int batch, Optimizer.Rule rule) throws Exception {
    int stages = network.contains("batchnorm") ? 4 : 0;
    long allowed = ALLOWED + stages * ALLOWED_FOR_A_STAGE;
    List<String> options = new ArrayList<>(List.of("-Xbatch", "-Xmx256m", "-XX:+UseG1GC"));
    if (LaneSupport.present()) {
      options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            options,
            Map.of(),
            AllocationProbe.class.getName(),
            List.of(network, "" + batch, rule.name(), "" + allowed));
    assertEquals(0, outcome.status(), outcome::toString);
    long least = Long.parseLong(outcome.out().strip().replaceAll("(?s).*bytes ", ""));
    assertTrue(least <= allowed, () -> least + " bytes a step, " + allowed + " are allowed");
  }
}
