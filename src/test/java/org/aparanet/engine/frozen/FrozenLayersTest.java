package org.aparanet.engine.frozen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Inference;
import org.aparanet.engine.Session;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.Workload;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.Trainers;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.junit.jupiter.api.Test;

/** How often frozen layers are computed, and which there may be. */
class FrozenLayersTest {
  private static final Network NETWORK =
      NetworkText.parse(
          new Shape(1, 7, 6), "conv 3 3 nobias, batchnorm relu, pool 2, dense 5 relu, dense 4");
  private static final int FROZEN = 4;
  private static final TrainingPlan PLAN = TrainingPlan.of(3, 8, 0.05f);

  /** An engine that counts the images that frozen layers are given. */
  private static final class Counting implements Engine {
    private final Engine engine = new CpuEngine(2);
    private int images;

    @Override
    public Device device() {
      return engine.device();
    }

    @Override
    public Session open(Network network, int batch) {
      return engine.open(network, batch);
    }

    @Override
    public Inference openInference(Network network, float[] parameters, int batch) {
      Inference inference = engine.openInference(network, parameters, batch);
      return new Inference() {
        @Override
        public Device device() {
          return inference.device();
        }

        @Override
        public Network network() {
          return inference.network();
        }

        @Override
        public void infer(byte[] pixels, int count, float[] outputs) {
          images += count;
          inference.infer(pixels, count, outputs);
        }

        @Override
        public void close() {
          inference.close();
        }
      };
    }
  }

  private final Counting engine = new Counting();
  private final Workload workload = Workload.draw(NETWORK, 40, 1);
  private final ImageSet test = Workload.draw(NETWORK, 16, 2).images();

  private float[] train(boolean kept, TrainingPlan plan) {
    try (Session session = new FrozenLayers(FROZEN, kept).open(engine, NETWORK, 8)) {
      return Trainers.of(session, workload.images(), test, plan, new TrainingListener() {})
          .run(workload.parameters())
          .parameters();
    }
  }

  @Test
  void eachImageGoesThroughThemOnceInAllEpochs() {
    float[] kept = train(true, PLAN);
    assertEquals(40 + 16, engine.images);

    engine.images = 0;
    float[] computedForEachBatch = train(false, PLAN);
    assertEquals(3 * (40 + 16), engine.images);
    assertArrayEquals(kept, computedForEachBatch);
  }

  @Test
  void imagesThatAreChangedAtRandomGoThroughThemInEveryEpoch() {
    train(true, PLAN.withAugmentation(Augmentation.parse("shift 1")));

    assertEquals(3 * 40 + 16, engine.images);
  }

  /** A page of results tests once more what the training has tested. */
  @Test
  void aSetThatIsLoadedTwiceIsKeptOnce() {
    try (Session session = new FrozenLayers(FROZEN, true).open(engine, NETWORK, 8)) {
      session.setParameters(workload.parameters());
      float[] first = new float[8 * 4];
      float[] second = new float[8 * 4];
      int[] indices = new int[8];
      session.load(workload.images());
      for (float[] logits : new float[][] {first, second}) {
        int at = session.load(test);
        for (int i = 0; i < 8; i++) {
          indices[i] = at + i;
        }
        session.infer(indices, 0, 8, logits);
      }
      assertEquals(8, engine.images);
      assertArrayEquals(first, second);
    }
  }

  @Test
  void noneFrozenIsTheEnginesOwnSession() {
    try (Session plain = engine.open(NETWORK, 8);
        Session session = FrozenLayers.NONE.open(engine, NETWORK, 8)) {
      assertEquals(plain.getClass(), session.getClass());
    }
    assertEquals(0, FrozenLayers.NONE.bytes(NETWORK, 1000));
  }

  @Test
  void keptOutputsTakeFourBytesEach() {
    assertEquals(4L * 3 * 2 * 2 * 60_000, new FrozenLayers(FROZEN, true).bytes(NETWORK, 60_000));
  }

  /** The layers behind keep their numbers, which bench and the live page show. */
  @Test
  void aProfileTellsOfTheFrozenLayersFirst() {
    try (Session session = new FrozenLayers(FROZEN, true).open(engine, NETWORK, 8)) {
      session.load(workload.images());
      session.setParameters(workload.parameters());
      ReferenceLoss loss = new ReferenceLoss(workload.labels(8), 4);
      var parts = session.profile(workload.indices(), 0, 8, loss, 0.05f).parts();
      assertEquals("1. to 4. frozen, forward", parts.get(0).name());
      assertTrue(
          parts.stream().map(StepPart::name).anyMatch(n -> n.startsWith("5. dense 5 + relu, f")),
          parts::toString);
    }
  }

  @Test
  void whatCannotBeDividedIsRefused() {
    Network branch = NetworkText.parse(new Shape(1, 7, 6), "[conv 1 3 same], dense 4");
    for (int frozen : new int[] {1, 3}) {
      FrozenLayers layers = new FrozenLayers(frozen, true);
      assertThrows(IllegalArgumentException.class, () -> layers.open(engine, branch, 8));
    }
    Network wide = NetworkText.parse(new Shape(1, 200, 200), "conv 64 3, globalpool, dense 4");
    EngineException tooLarge =
        assertThrows(
            EngineException.class, () -> new FrozenLayers(1, true).open(engine, wide, 65_536));
    assertEquals(
        "the outputs of the 1 frozen layers for a batch of 65536 images are more than an array can"
            + " hold",
        tooLarge.getMessage());
  }
}
