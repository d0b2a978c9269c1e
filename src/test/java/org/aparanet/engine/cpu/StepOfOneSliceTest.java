package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Session;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** A step that one slice takes alone also knows the parameters as the step before has left them. */
class StepOfOneSliceTest {
  private static final Shape INPUT = new Shape(1, 9, 8);
  private static final int BATCH = 3;

  @Test
  void vectorsDoWhatPlainJavaDoes() {
    float[] expected = train(Arithmetic.SCALARS);

    assertArrayEquals(expected, train(Arithmetic.IMAGES), 1e-5f);
  }

  /** Parameters after a few steps, without anything in between. */
  private static float[] train(Arithmetic arithmetic) {
    Network network =
        NetworkText.parse(INPUT, "conv 8 3 same relu, conv 9 3 relu, pool 2, dense 4");
    byte[] pixels = new byte[BATCH * INPUT.size()];
    new Random(5).nextBytes(pixels);
    int[] indices = IntStream.range(0, BATCH).toArray();
    int[] classes = {2, 0, 3};
    try (Session session = new CpuEngine(1, arithmetic).open(network, BATCH)) {
      session.load(new ImageSet("random", INPUT, pixels, new byte[] {2, 0, 3}, 4));
      session.setParameters(Initialization.HE.draw(network, 1));
      for (int i = 0; i < 4; i++) {
        ReferenceLoss loss = new ReferenceLoss(classes, 4);
        assertTrue(session.step(indices, 0, BATCH, loss, 0.05f));
      }
      return session.parameters();
    }
  }
}
