package org.aparanet.engine;

import static org.aparanet.engine.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * As {@link ReferenceTrajectory}, with normalisation, branches, dropout, averages, optimizers and
 * clipping, and with the inference that follows.
 */
@Tag("trajectory")
public abstract class TrainingTrajectory {
  private static final double LOGITS_TOLERANCE = 5e-6;
  private static final double GRADIENT_TOLERANCE = 2e-5;
  private static final double LOSS_TOLERANCE = 2e-5;
  private static final double FINAL_TOLERANCE = 1e-4;

  /** The engine under test. */
  protected abstract Engine engine();

  @ParameterizedTest
  @ValueSource(strings = {"residual", "projection", "dropout", "pool", "leaky"})
  public void isFollowed(String name) {
    ReferenceFile reference = new ReferenceFile(name + ".safetensors");
    ImageSet images = ReferenceFile.images();
    Network network = NetworkText.parse(images.shape(), reference.metadata("network"));
    int batch = Integer.parseInt(reference.metadata("batch"));
    float learningRate = number(reference, "learning_rate");
    double[] losses = reference.tensor("losses");
    int[] indices = IntStream.range(0, images.count()).toArray();
    try (Session session = engine().open(network, batch)) {
      session.load(images);
      session.setParameters(flat(reference, "initial.", network));
      session.optimize(optimizer(reference), Long.parseLong(reference.metadata("seed")));
      for (int step = 0; step < losses.length; step++) {
        int from = step * batch;
        int[] labels = IntStream.range(from, from + batch).map(images::label).toArray();
        ReferenceLoss loss = new ReferenceLoss(labels, network.classes());
        assertTrue(session.step(indices, from, batch, loss, learningRate));
        if (step == 0) {
          assertClose(
              reference.tensor("first.logits"), loss.logits(), LOGITS_TOLERANCE, "first.logits");
          float[] gradients = session.gradients();
          for (Network.Tensor tensor : network.tensors()) {
            if (tensor.offset() < network.learnedCount()) {
              assertGradient(reference, tensor, gradients);
            }
          }
        }
        assertEquals(
            losses[step], loss.loss(), LOSS_TOLERANCE * losses[step], "loss of step " + step);
      }
      float[] parameters = session.parameters();
      for (Network.Tensor tensor : network.tensors()) {
        assertClose(
            reference.tensor("final." + tensor.name()),
            own(tensor, parameters),
            FINAL_TOLERANCE,
            "final." + tensor.name());
      }
      float[] logits = new float[batch * network.classes()];
      session.infer(indices, 0, batch, logits);
      assertClose(reference.tensor("inferred.logits"), logits, FINAL_TOLERANCE, "inferred.logits");
    }
  }

  /** A bias before batch normalisation has a gradient of 0, but for rounding. */
  private static void assertGradient(
      ReferenceFile reference, Network.Tensor tensor, float[] gradients) {
    String name = "first.gradient." + tensor.name();
    if (Arrays.stream(reference.tensor(name)).allMatch(g -> Math.abs(g) < 1e-12)) {
      for (float g : own(tensor, gradients)) {
        assertEquals(0, g, 1e-6, name);
      }
    } else {
      assertClose(reference.tensor(name), own(tensor, gradients), GRADIENT_TOLERANCE, name);
    }
  }

  private static Optimizer optimizer(ReferenceFile reference) {
    float clip = number(reference, "clip_norm");
    return new Optimizer(
        Optimizer.Rule.valueOf(reference.metadata("rule")),
        number(reference, "momentum"),
        number(reference, "beta2"),
        number(reference, "weight_decay"),
        clip == 0 ? Float.POSITIVE_INFINITY : clip);
  }

  private static float number(ReferenceFile reference, String key) {
    return Float.parseFloat(reference.metadata(key));
  }

  private static float[] flat(ReferenceFile reference, String prefix, Network network) {
    float[] parameters = new float[network.parameterCount()];
    for (Network.Tensor tensor : network.tensors()) {
      double[] values = reference.tensor(prefix + tensor.name());
      assertEquals(tensor.size(), values.length, tensor.name());
      for (int i = 0; i < values.length; i++) {
        parameters[tensor.offset() + i] = (float) values[i];
      }
    }
    return parameters;
  }

  private static float[] own(Network.Tensor tensor, float[] flat) {
    return Arrays.copyOfRange(flat, tensor.offset(), tensor.offset() + tensor.size());
  }
}
