package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Session;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.Workload;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model of the threads' work against what real sessions with as many threads do. */
@Timeout(120)
class ThreadEstimateTest {
  private static final String SMALL = "conv 4 3 relu, pool 2, dense 5";
  private static final String LARGE =
      "conv 64 3 same relu, conv 64 3 same relu, pool 2, conv 64 3 same relu, dense 100, dense 5";
  private static final String NORMALIZED =
      "conv 64 3 same nobias, batchnorm relu,"
          + " [conv 64 3 same nobias, batchnorm relu, conv 64 3 same nobias, batchnorm] relu,"
          + " pool 2, dense 5";

  @BeforeEach
  void vectors() {
    Assumptions.assumeTrue(LaneSupport.present(), "slices are divided where there are vectors");
  }

  @ParameterizedTest
  @CsvSource({
    "small, 1, 4",
    "small, 4, 4",
    "small, 4, 16",
    "small, 20, 8",
    "small, 35, 64",
    "large, 1, 4",
    "large, 2, 4",
    "large, 4, 16",
    "large, 3, 8",
    "large, 8, 64",
    "large, 3, 2",
    "normalized, 1, 8",
    "normalized, 4, 16",
    "normalized, 8, 4",
    "normalized, 3, 64"
  })
  void countsAreThoseOfARealSession(String name, int slices, int threads) {
    Network network = network(name);
    int batch = slices * LaneSupport.operations().lanes();
    ThreadEstimate expected = ThreadEstimate.of(network, batch, threads);
    CountingThreads counts = new CountingThreads();
    CpuLayout layout = CpuLayout.of(network, batch, threads, Arithmetic.IMAGES);
    Workload workload = Workload.draw(network, batch, 1);
    CpuEngine engine = new CpuEngine(threads);

    try (Session session =
        new CpuSession(
            engine.device(), network, batch, threads, counts.counted(layout), counts::start)) {
      session.load(workload.images());
      session.setParameters(Initialization.HE.draw(network, 1));
      InStep loss = new InStep(loss(workload, batch), expected.division().teams());
      boolean inStep =
          expected.slices() == expected.groups() && slices % expected.division().teams() == 0;
      counts.clear();
      assertTrue(session.step(workload.indices(), 0, batch, inStep ? loss : loss.real, 0.001f));

      assertEquals(expected.division().teams(), counts.started.get(0).count());
      int members = counts.started.size() == 1 ? 1 : counts.started.get(1).count();
      assertEquals(expected.division().members(), members);
      assertEquals(
          expected.leaderHandOvers(), counts.leaderHandOvers(), "hand-overs of the leaders");
      if (inStep) {
        assertEquals(expected.division().teams(), loss.slices.size(), "leaders at the same time");
        assertEquals(
            expected.busiest(), loss.slices.values().stream().mapToInt(n -> n).max().orElse(0));
      }
      assertEquals(expected.memberHandOvers(), counts.memberHandOvers(), "hand-overs within teams");
      assertEquals((expected.groups() - 1L) * expected.learned(), counts.added.sum());
      assertEquals(expected.alone() ? 0 : expected.learned(), counts.moved.sum());
    }
  }

  /** Four threads, four slices: a team of each; 16: four teams of four; 6: two of three. */
  @Test
  void divisions() {
    assertEquals(new Division(4, 1), Division.of(4, 4, 4, 16));
    assertEquals(new Division(4, 4), Division.of(4, 4, 16, 16));
    assertEquals(new Division(2, 3), Division.of(4, 4, 6, 16));
    assertEquals(new Division(2, 16), Division.of(2, 2, 64, 16));
    assertEquals(new Division(16, 4), Division.of(64, 16, 64, 16));
    assertEquals(new Division(16, 1), Division.of(64, 16, 64, 1), "slices of too little work");
    assertEquals(new Division(2, 1), Division.of(3, 3, 2, 16), "a quarter less is not worth it");
    assertEquals(new Division(1, 2), Division.of(1, 1, 2, 16), "half is");
  }

  private static Network network(String name) {
    String text =
        switch (name) {
          case "small" -> SMALL;
          case "large" -> LARGE;
          default -> NORMALIZED;
        };
    return NetworkText.parse(new Shape(1, 16, 16), text);
  }

  private static ReferenceLoss loss(Workload workload, int batch) {
    int[] labels = IntStream.range(0, batch).map(workload.images()::label).toArray();
    return new ReferenceLoss(labels, workload.network().classes());
  }

  /** Leaders wait for one another at each slice's loss, so that none takes another's groups. */
  private static final class InStep implements LossGradient {
    private final LossGradient real;
    private final CyclicBarrier all;
    private final Map<Thread, Integer> slices = new ConcurrentHashMap<>();

    InStep(LossGradient real, int leaders) {
      this.real = real;
      all = new CyclicBarrier(leaders);
    }

    @Override
    public boolean apply(float[] logits, float[] dLogits, int at, int first, int count) {
      slices.merge(Thread.currentThread(), 1, Integer::sum);
      try {
        all.await(30, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException("a leader has no work", e);
      }
      return real.apply(logits, dLogits, at, first, count);
    }
  }
}
