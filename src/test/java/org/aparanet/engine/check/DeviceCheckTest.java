package org.aparanet.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.PretendedGpu;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceCheckTest {
  private static final Engine JAVA = new CpuEngine(2);

  /** So much is a wrong operation off at least, in these tests. */
  private static final float FACTOR = 1.0001f;

  @Test
  void theJavaEngineIsRight() {
    for (CheckReport report : new CheckReport[] {DeviceCheck.full(JAVA), DeviceCheck.brief(JAVA)}) {
      assertTrue(report.right(), report::verdict);
      assertEquals(EnumSet.allOf(CheckedOperation.class), report.errors().keySet());
      assertEquals(Optional.empty(), report.wrong());
      assertTrue(
          report
              .verdict()
              .matches(
                  "cpu \\(Java engine\\) computes right: no operation is off by more than"
                      + " \\d\\.\\de-\\d\\d \\(.*\\)"),
          report::verdict);
    }
  }

  /** One engine wrong in each operation's place; the check names the operation, not another. */
  @Test
  void wrongOutputsNameTheForwardOperation() {
    assertWrong(CheckedOperation.DENSE_FORWARD, s -> scaledOutputs(s, n -> true));
    assertWrong(CheckedOperation.CONVOLUTION_FORWARD, s -> scaledOutputs(s, n -> has(n, "conv")));
    assertWrong(CheckedOperation.RELU_FORWARD, s -> scaledOutputs(s, n -> has(n, "relu")));
    assertWrong(CheckedOperation.MAX_POOL_FORWARD, s -> scaledOutputs(s, n -> has(n, "pool")));
  }

  @Test
  void wrongGradientsNameTheBackwardOperation() {
    assertWrong(
        CheckedOperation.DENSE_BACKWARD_WEIGHTS,
        s -> scaledGradients(s, node -> node.layer() instanceof Dense, 0));
    assertWrong(
        CheckedOperation.DENSE_BACKWARD_WEIGHTS,
        s -> scaledGradients(s, node -> node.layer() instanceof Dense, 1));
    assertWrong(
        CheckedOperation.DENSE_BACKWARD_DATA,
        s ->
            scaledGradients(
                s, n -> n.index() == 0 && n.layer() instanceof Dense && !last(s.network(), n), 0));
    assertWrong(
        CheckedOperation.CONVOLUTION_BACKWARD_FILTER,
        s -> scaledGradients(s, node -> node.layer() instanceof Convolution, 0));
    assertWrong(
        CheckedOperation.CONVOLUTION_BACKWARD_BIAS,
        s -> scaledGradients(s, n -> n.layer() instanceof Convolution && n.index() > 0, 1));
    assertWrong(
        CheckedOperation.CONVOLUTION_BACKWARD_DATA,
        s -> scaledGradients(s, n -> n.index() == 0 && next(s.network(), n, "conv"), 0));
    assertWrong(
        CheckedOperation.RELU_BACKWARD,
        s -> scaledGradients(s, n -> n.index() == 0 && next(s.network(), n, "relu"), 0));
    assertWrong(
        CheckedOperation.MAX_POOL_BACKWARD,
        s -> scaledGradients(s, n -> n.index() == 0 && next(s.network(), n, "pool"), 0));
  }

  @Test
  void wrongStepsAreNamed() {
    assertWrong(
        CheckedOperation.SOFTMAX_STEP,
        s ->
            changedStep(
                s,
                (step, loss, rate) -> {
                  float[] before = s.parameters();
                  boolean updated = step.run(loss, rate);
                  if (!updated) {
                    before[0] += 1; // a refused loss that does something after all
                    s.setParameters(before);
                  }
                  return updated;
                }));
    assertWrong(
        CheckedOperation.SOFTMAX_STEP,
        s ->
            changedStep(
                s,
                (step, loss, rate) ->
                    step.run(
                        (logits, dLogits, offset, first, rows) ->
                            loss.apply(logits, dLogits, offset, first, rows)
                                & loss.apply(logits, dLogits, offset, first, rows),
                        rate)));
    assertWrong(
        CheckedOperation.UPDATE,
        s -> changedStep(s, (step, loss, rate) -> step.run(loss, rate * FACTOR)));
    assertWrong(CheckedOperation.UPDATE, DeviceCheckTest::forgettingUpdates);
  }

  /** What a refused loss does shows even if the next step knows nothing of it. */
  @Test
  void refusedStepsThatSeemDoneAreNamed() {
    assertWrong(
        CheckedOperation.SOFTMAX_STEP,
        s ->
            changedStep(
                s,
                (step, loss, rate) -> {
                  step.run(loss, rate);
                  return true;
                }));
    assertWrong(
        CheckedOperation.SOFTMAX_STEP, s -> misread(s, (refused, i) -> refused && i == 0 ? 1 : 0));
  }

  @Test
  void wrongStatisticsAreNamed() {
    assertWrong(
        CheckedOperation.BATCH_NORM_STATISTICS,
        s -> misread(s, (refused, i) -> !refused && i >= s.network().learnedCount() ? 0.01f : 0));
  }

  @FunctionalInterface
  private interface Misreading {
    float of(boolean refused, int parameter);
  }

  /** Adds something to what is read of the parameters behind a step, and not to what they are. */
  private static Session misread(Session session, Misreading misreading) {
    return new ForwardingSession(session, session.device()) {
      private boolean stepped;
      private boolean updated;

      @Override
      public void setParameters(float[] values) {
        super.setParameters(values);
        stepped = false;
      }

      @Override
      public boolean step(int[] images, int from, int count, LossGradient loss, float rate) {
        updated = super.step(images, from, count, loss, rate);
        stepped = true;
        return updated;
      }

      @Override
      public float[] parameters() {
        float[] parameters = super.parameters();
        for (int i = 0; stepped && i < parameters.length; i++) {
          parameters[i] += misreading.of(!updated, i);
        }
        return parameters;
      }
    };
  }

  /** Wrong with a full batch alone, or with a smaller last one alone. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void batchesOfBothSizesAreMeasured(boolean full) {
    assertWrong(
        CheckedOperation.DENSE_FORWARD,
        s ->
            new ForwardingSession(s, s.device()) {
              @Override
              public void infer(int[] images, int from, int count, float[] logits) {
                super.infer(images, from, count, logits);
                for (int i = 0; full == (count == batch()) && i < logits.length; i++) {
                  logits[i] *= FACTOR;
                }
              }
            });
    assertWrong(
        CheckedOperation.UPDATE,
        s ->
            new ForwardingSession(s, s.device()) {
              @Override
              public boolean step(
                  int[] images, int from, int count, LossGradient loss, float learningRate) {
                boolean wrong = full == (count == batch());
                return super.step(
                    images, from, count, loss, wrong ? learningRate * FACTOR : learningRate);
              }
            });
    assertWrong(
        CheckedOperation.DENSE_BACKWARD_WEIGHTS,
        s ->
            new ForwardingSession(s, s.device()) {
              private int stepped;

              @Override
              public boolean step(
                  int[] images, int from, int count, LossGradient loss, float learningRate) {
                stepped = count;
                return super.step(images, from, count, loss, learningRate);
              }

              @Override
              public float[] gradients() {
                float[] gradients = super.gradients();
                for (int i = 0; full == (stepped == batch()) && i < gradients.length; i++) {
                  gradients[i] *= FACTOR;
                }
                return gradients;
              }
            });
  }

  @Test
  void valuesThatAreNotNumbersAreWrong() {
    CheckReport report =
        DeviceCheck.brief(
            new PretendedGpu(
                JAVA,
                s ->
                    new ForwardingSession(s, s.device()) {
                      @Override
                      public float[] gradients() {
                        float[] gradients = super.gradients();
                        Arrays.fill(gradients, Float.NaN);
                        return gradients;
                      }
                    }));

    assertFalse(report.right());
    assertEquals(Optional.of(CheckedOperation.DENSE_BACKWARD_WEIGHTS), report.wrong());
    assertTrue(report.verdict().contains("off by Infinity"), report.verdict());
  }

  @Test
  void aDeviceThatFailsIsNotRight() {
    CheckReport report = DeviceCheck.full(PretendedGpu.failingAtStep(JAVA, 1));

    assertFalse(report.right());
    assertEquals(
        "opencl:0 (Pretended) failed: opencl:0 (Pretended) fell off the bus", report.verdict());
    Engine closed =
        new PretendedGpu(
            JAVA,
            s -> {
              s.close();
              throw new EngineException("it smokes");
            });
    assertEquals(Optional.of("it smokes"), DeviceCheck.brief(closed).failure());
  }

  @Test
  void reportTellsTheWorstOfTheErrors() {
    CheckReport report =
        new CheckReport(
            JAVA.device(),
            Map.of(CheckedOperation.DENSE_FORWARD, 1e-7, CheckedOperation.UPDATE, 3e-6),
            Optional.empty());
    assertEquals(
        "cpu (Java engine) computes right: no operation is off by more than 3.0e-06 (update)",
        report.verdict());
  }

  private static void assertWrong(CheckedOperation expected, Function<Session, Session> sessions) {
    Set<CheckReport> reports =
        Set.of(
            DeviceCheck.full(new PretendedGpu(JAVA, sessions::apply)),
            DeviceCheck.brief(new PretendedGpu(JAVA, sessions::apply)));
    for (CheckReport report : reports) {
      assertFalse(report.right(), expected::toString);
      assertEquals(Optional.of(expected), report.wrong(), report::verdict);
      assertTrue(
          report
              .verdict()
              .startsWith("opencl:0 (Pretended) computes wrongly: " + expected + " is off by "),
          report::verdict);
    }
  }

  private static boolean has(Network network, String layer) {
    return network.text().contains(layer);
  }

  private static boolean last(Network network, Node node) {
    return node.index() == network.nodes().size() - 1;
  }

  private static boolean next(Network network, Node node, String layer) {
    return network
        .nodes()
        .get(Math.min(node.index() + 1, network.nodes().size() - 1))
        .layer()
        .text()
        .startsWith(layer);
  }

  private static Session scaledOutputs(Session session, Function<Network, Boolean> where) {
    return new ForwardingSession(session, session.device()) {
      @Override
      public void infer(int[] images, int from, int count, float[] logits) {
        super.infer(images, from, count, logits);
        for (int i = 0; where.apply(network()) && i < logits.length; i++) {
          logits[i] *= FACTOR;
        }
      }
    };
  }

  private static Session scaledGradients(
      Session session, Function<Node, Boolean> where, int tensorOfNode) {
    return new ForwardingSession(session, session.device()) {
      @Override
      public float[] gradients() {
        float[] gradients = super.gradients();
        for (Node node : network().nodes()) {
          if (where.apply(node) && node.tensors().size() > tensorOfNode) {
            Tensor tensor = node.tensors().get(tensorOfNode);
            for (int i = 0; i < tensor.size(); i++) {
              gradients[tensor.offset() + i] *= FACTOR;
            }
          }
        }
        return gradients;
      }
    };
  }

  /** The rest of a call of {@link Session#step}. */
  private interface Step {
    boolean run(LossGradient loss, float learningRate);
  }

  private interface Change {
    boolean apply(Step step, LossGradient loss, float learningRate);
  }

  private static Session changedStep(Session session, Change change) {
    return new ForwardingSession(session, session.device()) {
      @Override
      public boolean step(
          int[] images, int from, int count, LossGradient loss, float learningRate) {
        return change.apply(
            (l, rate) -> super.step(images, from, count, l, rate), loss, learningRate);
      }
    };
  }

  /** Says that parameters were updated, but goes on with the old ones. */
  private static Session forgettingUpdates(Session session) {
    return new ForwardingSession(session, session.device()) {
      private float[] told;

      @Override
      public void setParameters(float[] values) {
        told = null;
        super.setParameters(values);
      }

      @Override
      public boolean step(
          int[] images, int from, int count, LossGradient loss, float learningRate) {
        float[] before = super.parameters();
        boolean updated = super.step(images, from, count, loss, learningRate);
        float[] gradient = updated ? super.gradients() : new float[before.length];
        told = super.parameters();
        lastGradient = gradient;
        super.setParameters(before);
        return updated;
      }

      private float[] lastGradient;

      @Override
      public float[] gradients() {
        return lastGradient.clone();
      }

      @Override
      public float[] parameters() {
        return told == null ? super.parameters() : told.clone();
      }
    };
  }
}
