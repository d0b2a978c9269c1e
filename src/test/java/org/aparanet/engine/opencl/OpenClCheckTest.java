package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.PretendedGpu;
import org.aparanet.engine.Session;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.CheckedOperation;
import org.aparanet.engine.check.DeviceCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The check of a device, on a device. */
class OpenClCheckTest {

  @ParameterizedTest
  @EnumSource
  void theDeviceIsRight(HostMemory memory) {
    CheckReport report = DeviceCheck.full(OpenClTestDevice.engine(memory));
    assertTrue(report.right(), report::verdict);
    assertEquals(EnumSet.allOf(CheckedOperation.class), report.errors().keySet());
  }

  @Test
  void aBriefCheckHasEveryOperation() {
    CheckReport report = DeviceCheck.brief(OpenClTestDevice.engine(HostMemory.SHARED));
    assertTrue(report.right(), report::verdict);
    assertEquals(EnumSet.allOf(CheckedOperation.class), report.errors().keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "avgpool, AVERAGE_POOL_FORWARD",
    "], RESIDUAL_FORWARD",
    "dropout, DROPOUT_FORWARD",
    "batchnorm, BATCH_NORM_INFERENCE"
  })
  void wrongOutputsAreNamed(String layer, CheckedOperation expected) {
    assertWrong(
        expected,
        session ->
            new ForwardingSession(session, session.device()) {
              @Override
              public void infer(int[] images, int from, int count, float[] logits) {
                super.infer(images, from, count, logits);
                logits[0] += network().text().contains(layer) ? 0.1f : 0;
              }
            });
  }

  @ParameterizedTest
  @CsvSource({"dropout, DROPOUT_FORWARD", "batchnorm, BATCH_NORM_FORWARD"})
  void wrongOutputsInTrainingAreNamed(String layer, CheckedOperation expected) {
    assertWrong(
        expected,
        session ->
            new ForwardingSession(session, session.device()) {
              @Override
              public boolean step(int[] images, int from, int count, LossGradient loss, float r) {
                LossGradient wrong =
                    (logits, dLogits, offset, first, rows) -> {
                      logits[offset] += network().text().contains(layer) ? 0.1f : 0;
                      return loss.apply(logits, dLogits, offset, first, rows);
                    };
                return super.step(images, from, count, wrong, r);
              }
            });
  }

  /** The gradient of the first layer. */
  @ParameterizedTest
  @CsvSource({
    "avgpool, AVERAGE_POOL_BACKWARD, 0",
    "], RESIDUAL_BACKWARD, 0",
    "dropout, DROPOUT_BACKWARD, 0",
    "batchnorm, BATCH_NORM_BACKWARD_DATA, 0",
    "batchnorm, BATCH_NORM_BACKWARD_PARAMETERS, 1"
  })
  void wrongGradientsAreNamed(String layer, CheckedOperation expected, int node) {
    assertWrong(
        expected,
        session ->
            new ForwardingSession(session, session.device()) {
              @Override
              public float[] gradients() {
                float[] gradients = super.gradients();
                if (network().text().contains(layer)) {
                  gradients[network().nodes().get(node).tensors().get(0).offset()] += 0.1f;
                }
                return gradients;
              }
            });
  }

  @Test
  void wrongStatisticsAreNamed() {
    assertWrong(
        CheckedOperation.BATCH_NORM_STATISTICS,
        session ->
            new ForwardingSession(session, session.device()) {
              private boolean moved;

              @Override
              public void setParameters(float[] values) {
                super.setParameters(values);
                moved = false;
              }

              @Override
              public boolean step(int[] images, int from, int count, LossGradient loss, float r) {
                moved = super.step(images, from, count, loss, r);
                return moved;
              }

              @Override
              public float[] parameters() {
                float[] parameters = super.parameters();
                for (int i = network().learnedCount(); moved && i < parameters.length; i++) {
                  parameters[i] += 0.01f;
                }
                return parameters;
              }
            });
  }

  /** Plain gradient descent in the place of something else. */
  @ParameterizedTest
  @EnumSource(
      names = {"WEIGHT_DECAY", "GRADIENT_CLIPPING", "MOMENTUM", "NESTEROV", "ADAM", "ADAMW"})
  void wrongOptimizersAreNamed(CheckedOperation expected) {
    assertWrong(
        expected,
        session ->
            new ForwardingSession(session, session.device()) {
              @Override
              public void optimize(Optimizer optimizer, long seed) {
                boolean wrong =
                    switch (expected) {
                      case WEIGHT_DECAY ->
                          optimizer.rule() == Optimizer.Rule.SGD && optimizer.weightDecay() > 0;
                      case GRADIENT_CLIPPING -> optimizer.clips();
                      default -> optimizer.rule().name().equals(expected.name());
                    };
                super.optimize(wrong ? Optimizer.SGD : optimizer, seed);
              }
            });
  }

  private static void assertWrong(CheckedOperation expected, UnaryOperator<Session> sessions) {
    CheckReport report =
        DeviceCheck.brief(
            new PretendedGpu(OpenClTestDevice.engine(HostMemory.SHARED), s -> sessions.apply(s)));
    assertEquals(Optional.of(expected), report.wrong(), report::verdict);
  }
}
