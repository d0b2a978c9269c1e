package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aparanet.ChildJvm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training on a device with memory of its own comes to the same parameters, to the bit, whatever
 * the garbage collector does to the arrays.
 */
class GarbageCollectionTest {

  @BeforeEach
  void requireDevice() {
    OpenClTestDevice.engine(HostMemory.SEPARATE);
  }

  private record Result(int losses, int hash) {}

  private static void requireCollector(String name) throws IOException, InterruptedException {
    int status = ChildJvm.run(List.of("-XX:+Use" + name), Map.of(), "-version", List.of()).status();
    assumeTrue(status == 0, "this Java has no " + name);
  }

  private static Result probe(String collector, String mode)
      throws IOException, InterruptedException {
    return probe(List.of("-XX:+Use" + collector, "-Xmx256m"), mode, 0);
  }

  private static Result probe(List<String> options, String mode, int dying)
      throws IOException, InterruptedException {
    ChildJvm.Outcome outcome =
        ChildJvm.run(options, Map.of(), CollectorProbe.class.getName(), List.of(mode, "" + dying));
    Matcher matcher = Pattern.compile("losses (\\d+) hash (-?\\d+)").matcher(outcome.out());
    assertTrue(matcher.find(), outcome::toString);
    return new Result(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** These move every array; the marks tell, and the trainer repeats what was lost. */
  @ParameterizedTest
  @ValueSource(strings = {"SerialGC", "ParallelGC"})
  void lostStateIsNoticedAndRestored(String collector) throws Exception {
    Result disturbed = probe(collector, "collect");
    assertTrue(disturbed.losses() > 0, "nothing was moved, so nothing was tested");
    assertEquals(probe(collector, "quiet").hash(), disturbed.hash());
  }

  /**
   * These empty those regions that have the most garbage, which are not the same in every run. On a
   * busy machine Shenandoah may be so late that it takes none of ours; what it is asked for, it
   * then does at once, on the whole heap.
   */
  @ParameterizedTest
  @CsvSource({
    "ShenandoahGC, 256m, 0, -XX:-ExplicitGCInvokesConcurrent",
    "ZGC, 48m, 192, -XX:ZFragmentationLimit=0.1"
  })
  void lostStateIsNoticedAndRestoredUnderACollectorThatChooses(
      String collector, String heap, int dying, String more) throws Exception {
    requireCollector(collector);
    List<String> options = List.of("-XX:+Use" + collector, "-Xmx" + heap, more);
    int undisturbed = probe("SerialGC", "quiet").hash();
    int losses = 0;
    for (int run = 0; run < 40 && losses == 0; run++) {
      Result disturbed = probe(options, "collect", dying);
      assertEquals(undisturbed, disturbed.hash());
      losses = disturbed.losses();
    }
    assertTrue(losses > 0, "nothing was moved in forty runs, so nothing was tested");
  }

  /** G1 leaves arrays of that size in their place. */
  @Test
  void nothingIsLostUnderG1() throws Exception {
    Result disturbed = probe("G1GC", "collect");
    assertEquals(0, disturbed.losses());
    assertEquals(probe("G1GC", "quiet").hash(), disturbed.hash());
  }
}
