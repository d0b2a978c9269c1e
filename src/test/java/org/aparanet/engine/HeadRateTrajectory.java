package org.aparanet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.model.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine must move the head and the layers before it as PyTorch's parameter groups do. */
public abstract class HeadRateTrajectory {
  private static final double LOSS_TOLERANCE = 5e-6;
  private static final double WAY_TOLERANCE = 1e-4;

  /** The engine under test. */
  protected abstract Engine engine();

  public static List<String> runs() {
    return HeadRateFile.NAMES;
  }

  @ParameterizedTest
  @MethodSource("runs")
  public void isFollowed(String name) {
    HeadRateFile run = new HeadRateFile(name);
    ImageSet images = ReferenceFile.images();
    Network network = run.network();
    int batch = run.batch();
    int[] indices = IntStream.range(0, images.count()).toArray();
    double[] losses = run.losses();
    double[] rates = run.rates();
    try (Session session = engine().open(network, batch)) {
      session.load(images);
      session.setParameters(HeadRateFile.floats(run.initial()));
      session.optimize(run.optimizer(), 0);
      for (int step = 0; step < losses.length; step++) {
        int from = step * batch;
        int[] labels = IntStream.range(from, from + batch).map(images::label).toArray();
        ReferenceLoss loss = new ReferenceLoss(labels, network.classes());
        assertTrue(session.step(indices, from, batch, loss, (float) rates[step]));
        assertEquals(losses[step], loss.loss(), LOSS_TOLERANCE * losses[step], "step " + step);
      }
      run.assertFinal(HeadRateFile.doubles(session.parameters()), WAY_TOLERANCE);
    }
  }
}
