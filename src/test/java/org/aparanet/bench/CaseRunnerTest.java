package org.aparanet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Session;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** How often a case does what, on a device whose steps take as long as the test says. */
class CaseRunnerTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 1, 1), "dense 2");
  private static final long MILLI = 1_000_000;

  private long nanos;
  private long firstStep = 800 * MILLI;
  private double warmingStep = 1_200 * MILLI; // the next one of those that get faster
  private int warmingSteps = 15;
  private long laterStep = 40 * MILLI;
  private long inference = 10 * MILLI;
  private boolean finite = true;
  private int steps;
  private int inferences;
  private int profiles;
  private boolean closed;

  /** Steps that get faster and faster are waited for, but not for ever: fifteen times. */
  @Test
  void whatGetsFasterIsWarmedUpFifteenTimes() {
    try (CaseRunner runner = runner()) {
      // 0.3 s of 40 ms are 8 samples
      assertEquals(8, runner.steps(0.4).nanos().size());
    }
    assertEquals(1 + 15 + 8, steps);
    assertEquals(0, inferences);
    assertEquals(0, profiles);
    assertTrue(closed);
  }

  /** What is timed is warmed up, profiles too: Java compiles them while others are timed, else. */
  @Test
  void stepsProfilesAndInferenceShareTheTime() {
    Measurement m;
    try (CaseRunner runner = runner()) {
      assertEquals(0.8, runner.firstStepSeconds(), 1e-9);
      m = runner.measure("net", 0.4);
    }
    // three turns of a step and a profile, 40 ms each, in 0.2 s; ten inferences in 0.1 s
    assertEquals(3, m.step().nanos().size());
    assertEquals(40 * MILLI, m.step().median());
    assertEquals(10, m.inference().nanos().size());
    assertEquals(1 + 15 + 3, steps);
    assertEquals(15 + 3, profiles);
    assertEquals(15 + 10, inferences);
  }

  /** More than eight windows of a tenth of a second. */
  @Test
  void longStepsAreNotWarmedUp() {
    firstStep = 801 * MILLI;
    warmingSteps = 0;
    try (CaseRunner runner = runner()) {
      assertEquals(8, runner.steps(0.4).nanos().size());
    }
    assertEquals(1 + 8, steps);
    assertEquals(0, inferences);
  }

  @Test
  void thereAreFourHundredSamplesAtMost() {
    firstStep = 10_000 * MILLI;
    warmingSteps = 0;
    laterStep = 1;
    inference = 1;
    try (CaseRunner runner = runner()) {
      assertEquals(400, runner.steps(1).nanos().size());
      Measurement m = runner.measure("net", 1);
      assertEquals(400, m.step().nanos().size());
      assertEquals(400, m.inference().nanos().size());
    }
  }

  @Test
  void sessionIsClosedIfTheFirstStepFails() {
    finite = false;
    assertThrows(EngineException.class, this::runner);
    assertTrue(closed);
  }

  private CaseRunner runner() {
    return new CaseRunner(new Steered(), NETWORK, 4, () -> nanos);
  }

  private final class Steered implements Engine {
    private final Engine works = new CpuEngine(1);

    @Override
    public Device device() {
      return works.device();
    }

    @Override
    public Session open(Network network, int batch) {
      return new ForwardingSession(works.open(network, batch), device()) {
        @Override
        public boolean step(
            int[] images, int from, int count, LossGradient loss, float learningRate) {
          if (steps == 0) {
            nanos += firstStep;
          } else if (steps <= warmingSteps) {
            nanos += (long) warmingStep;
            warmingStep *= 0.85;
          } else {
            nanos += laterStep;
          }
          steps++;
          return finite;
        }

        @Override
        public StepProfile profile(
            int[] images, int from, int count, LossGradient loss, float learningRate) {
          nanos += laterStep;
          profiles++;
          return new StepProfile(
              List.of(new StepPart("all", StepPart.Kind.DENSE, 1, 1, 1, 1)), "told");
        }

        @Override
        public void infer(int[] images, int from, int count, float[] logits) {
          nanos += inference;
          inferences++;
        }

        @Override
        public void close() {
          closed = true;
          super.close();
        }
      };
    }
  }
}
