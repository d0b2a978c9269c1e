package org.aparanet.engine;

import static org.aparanet.engine.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every engine must follow the training runs in the test resources' folder {@code reference}, which
 * PyTorch computed in double precision.
 *
 * <p>Distances are parts of a tensor's norm.
 */
@Tag("trajectory")
public abstract class ReferenceTrajectory {

  // the Java engine stays below 6e-7 in all of them
  private static final double LOGITS_TOLERANCE = 2e-6;
  private static final double GRADIENT_TOLERANCE = 3e-6;
  private static final double LOSS_TOLERANCE = 5e-6;
  private static final double FINAL_TOLERANCE = 1e-5;

  /**
   * The steps of {@code deep} that are followed to {@link #LOSS_TOLERANCE}. Its batch has 2.4
   * million ReLU inputs, of which one or the other lies so near to 0 in a step that rounding
   * decides on which side; one that changes sides changes a gradient by a part in a thousand, and
   * at this learning rate that grows from step to step.
   */
  private static final int DEEP_STEPS = 2;

  private static final double DEEP_LATER_LOSS_TOLERANCE = 1e-2;
  private static final double DEEP_FINAL_TOLERANCE = 0.15;

  /** The engine under test. */
  protected abstract Engine engine();

  @ParameterizedTest
  @ValueSource(strings = {"article", "article-64", "lenet", "deep", "odd"})
  public void isFollowed(String name) {
    ReferenceFile reference = new ReferenceFile(name + ".safetensors");
    ImageSet images = ReferenceFile.images();
    Network network = NetworkText.parse(images.shape(), reference.metadata("network"));
    int batch = Integer.parseInt(reference.metadata("batch"));
    int steps = Integer.parseInt(reference.metadata("steps"));
    float learningRate = Float.parseFloat(reference.metadata("learning_rate"));
    boolean deep = name.equals("deep");
    double[] losses = reference.tensor("losses");
    assertEquals(steps, losses.length);
    int[] indices = IntStream.range(0, images.count()).toArray();

    try (Session session = engine().open(network, batch)) {
      session.load(images);
      session.setParameters(initial(reference, network));
      for (int step = 0; step < steps; step++) {
        int from = step * batch;
        int[] labels = IntStream.range(from, from + batch).map(images::label).toArray();
        ReferenceLoss loss = new ReferenceLoss(labels, network.classes());
        assertTrue(session.step(indices, from, batch, loss, learningRate));
        if (step == 0) {
          assertClose(
              reference.tensor("first.logits"), loss.logits(), LOGITS_TOLERANCE, "first.logits");
          assertTensors(
              reference, "first.gradient.", network, session.gradients(), GRADIENT_TOLERANCE);
        }
        double tolerance = deep && step >= DEEP_STEPS ? DEEP_LATER_LOSS_TOLERANCE : LOSS_TOLERANCE;
        assertEquals(losses[step], loss.loss(), tolerance * losses[step], "loss of step " + step);
      }
      double tolerance = deep ? DEEP_FINAL_TOLERANCE : FINAL_TOLERANCE;
      assertTensors(reference, "final.", network, session.parameters(), tolerance);
    }
  }

  private static float[] initial(ReferenceFile reference, Network network) {
    float[] parameters = new float[network.parameterCount()];
    for (Network.Tensor tensor : network.tensors()) {
      double[] values = reference.tensor("initial." + tensor.name());
      assertEquals(tensor.size(), values.length, tensor.name());
      for (int i = 0; i < values.length; i++) {
        parameters[tensor.offset() + i] = (float) values[i];
      }
    }
    return parameters;
  }

  /** Compares those tensors that the file holds under a prefix. */
  private static void assertTensors(
      ReferenceFile reference, String prefix, Network network, float[] flat, double tolerance) {
    List<String> names = reference.names(prefix);
    assertFalse(names.isEmpty(), prefix);
    for (String name : names) {
      Network.Tensor tensor =
          network.tensors().stream()
              .filter(candidate -> name.equals(prefix + candidate.name()))
              .findFirst()
              .orElseThrow();
      float[] own = Arrays.copyOfRange(flat, tensor.offset(), tensor.offset() + tensor.size());
      assertClose(reference.tensor(name), own, tolerance, name);
    }
  }
}
