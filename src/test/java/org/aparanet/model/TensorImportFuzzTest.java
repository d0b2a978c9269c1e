package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.aparanet.model.safetensors.Safetensors;
import org.aparanet.model.safetensors.SafetensorsException;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class TensorImportFuzzTest {
  private static final long ALLOCATED_AT_MOST = 1L << 20;
  private static final long ALLOCATED_PER_BYTE = 2_000;
  private static final Shape INPUT = new Shape(3, 8, 8);
  private static final List<Network> NETWORKS =
      List.of(
          NetworkText.parse(INPUT, "dense 3"),
          NetworkText.parse(
              INPUT, "conv 4 3 same nobias, batchnorm relu, pool 2, conv 5 3, dense 3"),
          NetworkText.parse(
              INPUT,
              "conv 4 3 same nobias, batchnorm relu, [conv 4 3 same nobias, batchnorm relu, conv 4 3"
                  + " same nobias, batchnorm] relu, [conv 4 3 same nobias, batchnorm relu, conv 4 3"
                  + " same nobias, batchnorm] relu, globalpool, dense 3"));

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  @FuzzTest(maxDuration = "60s")
  void anyBytesAreImportedOrRefusedInOneSentence(byte[] bytes) {
    long limit = ALLOCATED_AT_MOST + ALLOCATED_PER_BYTE * bytes.length;
    if (allocatedByImporting(bytes) >= limit) { // the first time may have loaded classes
      long allocated = allocatedByImporting(bytes);
      assertTrue(
          allocated < limit,
          allocated + " bytes allocated for an input of " + bytes.length + " bytes");
    }
  }

  private static long allocatedByImporting(byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    NETWORKS.forEach(network -> read(bytes, network));
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void read(byte[] bytes, Network network) {
    try (Safetensors file = Safetensors.of("fuzz", ByteBuffer.wrap(bytes))) {
      ImportedModel imported = TensorImport.read(file, network);
      assertEquals(network.tensors().size(), imported.places().size());
      assertEquals(
          network.tensors().size(),
          imported.places().stream().map(place -> place.from().name()).distinct().count());
      for (float parameter : imported.model().parameters()) {
        assertTrue(Float.isFinite(parameter));
      }
    } catch (SafetensorsException | ModelFileException e) {
      assertTrue(e.getMessage().startsWith("fuzz: "), e.getMessage());
      assertTrue(e.getMessage().length() < 2_000, e.getMessage());
    }
  }
}
