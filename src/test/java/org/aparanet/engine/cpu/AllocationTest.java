package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Session;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.Preset;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step allocates nothing that grows with the batch or the network. */
class AllocationTest {
  private static final Shape INPUT = new Shape(1, 28, 28);

  /** The step's own small objects: its tasks and their closures. */
  private static final long ALLOWED = 1024;

  @ParameterizedTest
  @CsvSource({"ARTICLE, 1", "ARTICLE, 64", "LENET, 64"})
  void bytesOfAStep(Preset preset, int batch) {
    Network network = preset.network(INPUT, 10);
    byte[] pixels = new byte[batch * INPUT.size()];
    new Random(1).nextBytes(pixels);
    int[] indices = IntStream.range(0, batch).toArray();
    LossGradient small =
        (logits, dLogits, offset, first, rows) -> {
          for (int i = offset; i < offset + rows * 10; i++) {
            dLogits[i] = 1e-6f * logits[i];
          }
          return true;
        };
    try (Session session = new CpuEngine(1).open(network, batch)) {
      session.load(new ImageSet("noise", INPUT, pixels, new byte[batch], 10));
      session.setParameters(Initialization.suited(network).draw(network, 1));
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long least = Long.MAX_VALUE;
      // until the compiler has seen everything, vectors are objects
      for (int round = 0; round < 400 && least > ALLOWED; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10; i++) {
          session.step(indices, 0, batch, small, 1e-6f);
        }
        least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / 10);
      }
      assertTrue(least <= ALLOWED, least + " bytes a step");
    }
  }
}
