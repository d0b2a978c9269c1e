package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.LossOnDevice;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.StepOutcome;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.check.Workload;
import org.aparanet.engine.opencl.kernel.KernelFields;
import org.aparanet.engine.support.HumongousArrays;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.loss.SoftmaxCrossEntropy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Softmax and loss on the device come to what they come to on the host, in one execute a step. */
class LossOnDeviceTest {
  private static final int BATCH = 5;
  private static final float RATE = 0.05f;

  /** Six steps of five images, the fourth of two. */
  private static final int[] COUNTS = {5, 5, 5, 2, 5, 5};

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "conv 3 3 relu, pool 2, dense 4; 0; 0",
        "conv 3 3 relu, dense 6 relu, dense 5 relu, dense 4; 0.1; 0",
        "conv 3 3 relu, dropout 0.3, dense 9 relu, dropout 0.2, dense 4; 0.2; 1",
        "conv 3 3 nobias, batchnorm relu, globalpool, dense 4; 0; 0.01",
        "dense 4; 0; 0"
      })
  void stepsAreThoseOfTheHost(String layers, float smoothing, float clip) {
    for (HostMemory memory : HostMemory.values()) {
      Network network = NetworkText.parse(new Shape(1, 7, 6), layers);
      Optimizer optimizer =
          new Optimizer(
              Optimizer.Rule.ADAM,
              0.9f,
              0.99f,
              0.01f,
              clip > 0 ? clip : Float.POSITIVE_INFINITY,
              2,
              3);
      List<StepOutcome> onHost = new ArrayList<>();
      TrainingState expected = onHost(memory, network, optimizer, smoothing, onHost);
      List<Integer> executes = new ArrayList<>();
      List<StepOutcome> onDevice = new ArrayList<>();
      Workload workload = Workload.draw(network, BATCH, 3);
      try (Session session =
          OpenClTestDevice.engine(memory)
              .with(
                  (kernel, range, passes) -> {
                    executes.add(passes);
                    Launch.APARAPI.execute(kernel, range, passes);
                  })
              .open(network, BATCH)) {
        session.load(workload.images());
        session.setParameters(workload.parameters());
        session.optimize(optimizer, 7);
        executes.clear();
        LossOnDevice loss = session.lossOnDevice().orElseThrow();
        for (int step = 0; step < COUNTS.length; step++) {
          if (step == 3) {
            onDevice.addAll(loss.outcomes());
          }
          if (step == 1) { // of which the third step gathers nothing, and the second one gathers
            session.expect(workload.indices(), 0, BATCH);
          }
          loss.step(workload.indices(), 0, COUNTS[step], workload.labels(BATCH), smoothing, RATE);
        }
        onDevice.addAll(loss.outcomes());
        assertEquals(List.of(), loss.outcomes());
        int losses = loss.window() * (2 * BATCH + 1);
        if (memory == HostMemory.SEPARATE) { // so large that the garbage collector leaves it alone
          losses = HumongousArrays.floats(losses).length;
        }
        long bytes = 4L * KernelFields.STATUS_LENGTH + 4L * losses;
        assertEquals(2 * bytes, session.traffic().orElseThrow().downloadedBytes());
        assertEquals(COUNTS.length, executes.size(), "one execute a step");
        assertEquals(executes.get(0) - 1, executes.get(2), "one launch less");
        TrainingState actual = session.state();
        assertArrayEquals(expected.parameters(), actual.parameters(), 2e-5f);
        assertArrayEquals(expected.secondMoments(), actual.secondMoments(), 1e-5f);
        assertEquals(expected.steps(), actual.steps());
      }
      assertEquals(onHost.size(), onDevice.size());
      for (int step = 0; step < COUNTS.length; step++) {
        double tolerance = 1e-6 * (1 + 10 * step) * COUNTS[step];
        assertEquals(onHost.get(step).lossSum(), onDevice.get(step).lossSum(), tolerance);
        assertEquals(onHost.get(step).correct(), onDevice.get(step).correct(), "step " + step);
      }
    }
  }

  private static TrainingState onHost(
      HostMemory memory,
      Network network,
      Optimizer optimizer,
      float smoothing,
      List<StepOutcome> outcomes) {
    Workload workload = Workload.draw(network, BATCH, 3);
    try (Session session = OpenClTestDevice.engine(memory).open(network, BATCH)) {
      session.load(workload.images());
      session.setParameters(workload.parameters());
      session.optimize(optimizer, 7);
      SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(network.classes(), BATCH, smoothing);
      for (int count : COUNTS) {
        loss.bind(workload.images(), workload.indices(), 0, count);
        assertTrue(session.step(workload.indices(), 0, count, loss, RATE));
        outcomes.add(new StepOutcome(loss.lossSum(), loss.correct()));
      }
      return session.state();
    }
  }

  private static final Network SMALL = NetworkText.parse(new Shape(1, 4, 4), "conv 2 3, dense 3");

  /** What the garbage collector does to an array, at any step of a window. */
  @ParameterizedTest
  @EnumSource
  void aStateThatIsLostIsFoundAtTheNextReadback(HostMemory memory) {
    List<Consumer<KernelFields>> losing =
        List.of(
            KernelFields::loseParameters, KernelFields::loseLosses, KernelFields::loseActivations);
    for (Consumer<KernelFields> lose : losing) {
      boolean[] next = {false};
      Launch launch =
          (kernel, range, passes) -> {
            if (next[0]) {
              lose.accept(new KernelFields(kernel));
              next[0] = false;
            }
            Launch.APARAPI.execute(kernel, range, passes);
          };
      Workload workload = Workload.draw(SMALL, 2, 3);
      try (Session session = OpenClTestDevice.engine(memory).with(launch).open(SMALL, 2)) {
        session.load(workload.images());
        session.setParameters(workload.parameters());
        session.optimize(Optimizer.SGD, 1);
        TrainingState start = session.state();
        LossOnDevice loss = session.lossOnDevice().orElseThrow();
        session.expect(workload.indices(), 0, 2);
        loss.step(workload.indices(), 0, 2, workload.labels(2), 0, RATE);
        next[0] = true;
        loss.step(workload.indices(), 0, 2, workload.labels(2), 0, RATE);
        loss.step(workload.indices(), 0, 2, workload.labels(2), 0, RATE);
        assertThrows(StateLostException.class, loss::outcomes);
        session.restore(start);
        loss.step(workload.indices(), 0, 2, workload.labels(2), 0, RATE);
        assertEquals(1, loss.outcomes().size(), "it goes on from there");
        loss.step(workload.indices(), 0, 2, workload.labels(2), 0, RATE);
        session.setParameters(workload.parameters());
        loss.step(workload.indices(), 0, 2, workload.labels(2), 0, RATE);
        assertEquals(1, loss.outcomes().size(), "and from other parameters");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLossThatIsNotFiniteIsTold(HostMemory memory) {
    Workload workload = Workload.draw(SMALL, 2, 3);
    try (Session session = OpenClTestDevice.engine(memory).open(SMALL, 2)) {
      session.load(workload.images());
      float[] parameters = workload.parameters();
      session.setParameters(parameters);
      LossOnDevice loss = session.lossOnDevice().orElseThrow();
      loss.step(workload.indices(), 0, 2, workload.labels(2), 0, RATE);
      loss.step(workload.indices(), 0, 2, workload.labels(2), 0, Float.MAX_VALUE);
      loss.step(workload.indices(), 0, 2, workload.labels(2), 0, RATE);
      List<StepOutcome> outcomes = loss.outcomes();
      assertTrue(Double.isFinite(outcomes.get(1).lossSum()));
      assertFalse(Double.isFinite(outcomes.get(2).lossSum()));
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = Float.NaN;
      }
      session.setParameters(parameters);
      loss.step(workload.indices(), 0, 1, workload.labels(2), 0.1f, RATE);
      assertTrue(Double.isNaN(loss.outcomes().get(0).lossSum()));
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("kernels")
  void stepsWaitForTheirOutcomesInAWindow(HostMemory memory) {
    Workload workload = Workload.draw(SMALL, 2, 3);
    ImageSet images = workload.images();
    try (Session session = OpenClTestDevice.engine(memory).open(SMALL, 2)) {
      session.load(images);
      session.setParameters(workload.parameters());
      LossOnDevice loss = session.lossOnDevice().orElseThrow();
      for (int step = 0; step < loss.window(); step++) {
        loss.step(workload.indices(), 0, 2, workload.labels(2), 0, RATE);
      }
      IllegalStateException refused =
          assertThrows(
              IllegalStateException.class,
              () -> loss.step(workload.indices(), 0, 2, workload.labels(2), 0, RATE));
      assertEquals(
          "16 steps have been taken since their outcomes were asked for", refused.getMessage());
      assertEquals(16, loss.outcomes().size());
    }
  }
}
