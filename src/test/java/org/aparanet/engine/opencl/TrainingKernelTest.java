package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engine;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.ReferenceNetwork;
import org.aparanet.engine.check.ReferenceOptimizer;
import org.aparanet.engine.check.RelativeError;
import org.aparanet.engine.check.Workload;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel that trains, on a network so small that a simulator can follow every access. */
@Tag("kernels")
class TrainingKernelTest {
  private static final Network EVERY_OPERATION =
      NetworkText.parse(
          new Shape(2, 7, 6),
          "conv 3 3 same relu, pool 3 stride 2, conv 4 2 stride 2 pad 1, relu, dense 5 relu, dense 3");

  private static final int BATCH = 3;

  @Test
  void twoStepsAgreeWithTheJavaEngine() {
    assertArrayEquals(
        parametersAfterTwoSteps(new CpuEngine(1)),
        parametersAfterTwoSteps(OpenClTestDevice.engine(HostMemory.SEPARATE)),
        1e-6f);
  }

  /** The operations that the other network lacks, clipped gradients and both moments. */
  @Test
  void statisticsMasksBranchesAndMomentsAgreeWithTheReference() {
    Network network =
        NetworkText.parse(
            new Shape(1, 6, 5),
            "conv 3 2 nobias, batchnorm relu, [relu, conv 3 1 relu] relu, avgpool 2 stride 1,"
                + " dropout 0.3, [conv 3 1], dense 3");
    Optimizer optimizer = new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.99f, 0.01f, 0.1f, 2, 3);
    Workload workload = Workload.apartFromKinks(network, BATCH);
    int learned = network.learnedCount();
    int head = network.headFrom();
    try (Session session = OpenClTestDevice.engine(HostMemory.SEPARATE).open(network, BATCH)) {
      session.load(workload.images());
      session.setParameters(workload.parameters());
      session.optimize(optimizer, 0);
      ReferenceLoss loss = new ReferenceLoss(workload.labels(BATCH), network.classes());
      assertTrue(session.step(workload.indices(), 0, BATCH, loss, 0.1f));

      ReferenceNetwork.Pass expected = workload.reference(BATCH);
      assertTrue(RelativeError.of(Workload.flat(expected.logits()), loss.logits()) < 1e-5);
      float[] gradients = session.gradients();
      assertTrue(RelativeError.of(expected.gradient(), gradients) < 1e-5);
      double[] moved = expected.statistics();
      double[] gradient = IntStream.range(0, moved.length).mapToDouble(i -> gradients[i]).toArray();
      new ReferenceOptimizer(optimizer, moved.length, head).step(moved, gradient, learned, 0.1);
      float[] parameters = session.parameters();
      assertTrue(RelativeError.of(moved, parameters) < 1e-6);
      double[][] logits = workload.inference(parameters, BATCH);
      float[] inferred = new float[BATCH * network.classes()];
      session.infer(workload.indices(), 0, BATCH, inferred);
      assertTrue(RelativeError.of(Workload.flat(logits), inferred) < 1e-5);
    }
  }

  /** Whoever writes the gradient of a max-pool's output writes that of the convolution's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv 3 3 same relu, pool 2, [conv 3 3 same relu] relu, dense 3",
        "conv 3 3 same relu, pool 2, dropout 0.3, dense 3",
        "conv 3 3 same, pool 2, batchnorm relu, dense 3",
        "conv 3 3 same, pool 2, avgpool 2, dense 3",
        "conv 3 3 same, pool 2, pool 2, dense 3",
        "conv 3 3 same relu, pool 2, relu, dense 3",
        "conv 2 3 same, conv 3 7 same relu, pool 2, conv 2 3 stride 2 pad 1, dense 3"
      })
  void gradientsBehindMaxPoolsAgreeWithTheReference(String layers) {
    Network network = NetworkText.parse(new Shape(1, 9, 7), layers);
    Workload workload = Workload.apartFromKinks(network, BATCH);
    try (Session session = OpenClTestDevice.engine(HostMemory.SEPARATE).open(network, BATCH)) {
      session.load(workload.images());
      session.setParameters(workload.parameters());
      session.optimize(Optimizer.SGD, 0);
      ReferenceLoss loss = new ReferenceLoss(workload.labels(BATCH), network.classes());
      assertTrue(session.step(workload.indices(), 0, BATCH, loss, 0.1f));
      ReferenceNetwork.Pass expected = workload.reference(BATCH);
      assertTrue(RelativeError.of(Workload.flat(expected.logits()), loss.logits()) < 1e-5);
      assertTrue(RelativeError.of(expected.gradient(), session.gradients()) < 1e-5);
    }
  }

  private static float[] parametersAfterTwoSteps(Engine engine) {
    LossGradient towardsZero =
        (logits, dLogits, offset, first, rows) -> {
          System.arraycopy(logits, offset, dLogits, offset, rows * EVERY_OPERATION.classes());
          return true;
        };
    try (Session session = engine.open(EVERY_OPERATION, BATCH)) {
      int first = session.load(images());
      session.setParameters(Initialization.HE.draw(EVERY_OPERATION, 1));
      int[] indices = {first, first + 1, first + 2, first + 3, first + 4};
      assertTrue(session.step(indices, 0, BATCH, towardsZero, 0.1f));
      assertTrue(session.step(indices, BATCH, 2, towardsZero, 0.1f), "a ragged batch");
      return session.parameters();
    }
  }

  private static ImageSet images() {
    byte[] pixels = new byte[5 * EVERY_OPERATION.input().size()];
    new Random(5).nextBytes(pixels);
    return new ImageSet("noise", EVERY_OPERATION.input(), pixels, new byte[5], 3);
  }
}
