package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Session;
import org.aparanet.engine.opencl.kernel.KernelFields;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that a step gathers for the next one: a launch less, and the same result to the bit. */
class StepAheadTest {
  private static final Network NETWORK =
      NetworkText.parse(new Shape(1, 6, 5), "conv 3 3 relu, dense 5 relu, dense 3");
  private static final int BATCH = 4;
  private static final int IMAGES = 15;
  private static final int STEPS = 4;

  private static final LossGradient TOWARDS_ZERO =
      (logits, dLogits, offset, first, rows) -> {
        System.arraycopy(logits, offset, dLogits, offset, rows * NETWORK.classes());
        return true;
      };

  /** Passes of each execute since the session was opened. */
  private final List<Integer> executes = new ArrayList<>();

  private final Launch counting =
      (kernel, range, passes) -> {
        executes.add(passes);
        Launch.APARAPI.execute(kernel, range, passes);
      };

  @ParameterizedTest
  @EnumSource
  void stepsBeginWithoutGathering(HostMemory memory) {
    int[] order = IntStream.range(0, IMAGES).map(i -> (7 * i) % IMAGES).toArray();
    float[] expected = train(memory, counting, order, null);
    assertEquals(List.of(3, 3, 3, 3, 3, 3, 3, 3), executes);
    executes.clear();
    assertArrayEquals(expected, train(memory, counting, order, order));
    assertEquals(List.of(3, 3, 2, 3, 2, 3, 2, 3), executes);
  }

  @ParameterizedTest
  @EnumSource
  void otherImagesThanExpectedAreGathered(HostMemory memory) {
    int[] order = IntStream.range(0, IMAGES).toArray();
    int[] other = order.clone();
    other[2 * BATCH + 1] = 0; // of the third step
    float[] expected = train(memory, counting, order, null);
    executes.clear();
    assertArrayEquals(expected, train(memory, counting, order, other));
    assertEquals(List.of(3, 3, 2, 3, 3, 3, 2, 3), executes);
  }

  /** As when the garbage collector has moved the array that they lie in. */
  @ParameterizedTest
  @EnumSource
  void imagesThatAreLostAreGatheredAgain(HostMemory memory) {
    int[] order = IntStream.range(0, IMAGES).toArray();
    float[] expected = train(memory, counting, order, null);
    executes.clear();
    Launch losing =
        (kernel, range, passes) -> {
          if (executes.size() == 4) {
            new KernelFields(kernel).loseActivations();
          }
          counting.execute(kernel, range, passes);
        };
    assertArrayEquals(expected, train(memory, losing, order, order));
    assertEquals(List.of(3, 3, 2, 3, 2, 3, 3, 2, 3), executes);
  }

  @ParameterizedTest
  @EnumSource
  void aTestInBetweenTakesTheirPlace(HostMemory memory) {
    int[] order = IntStream.range(0, IMAGES).toArray();
    try (Session session = open(memory, counting)) {
      session.expect(order, BATCH, BATCH);
      session.step(order, 0, BATCH, TOWARDS_ZERO, 0.1f);
      session.infer(order, 0, 2, new float[2 * NETWORK.classes()]);
      session.step(order, BATCH, BATCH, TOWARDS_ZERO, 0.1f);
      assertEquals(List.of(3, 3, 3, 3, 3), executes);
    }
  }

  /** Their pixels are not yet what they will be. */
  @ParameterizedTest
  @EnumSource
  void imagesThatTheHostChangesAreNotGatheredAhead(HostMemory memory) {
    ImageSet changing = images(BATCH);
    try (Session session = open(memory, counting)) {
      int first = session.stage(changing);
      int[] staged = IntStream.range(first, first + BATCH).toArray();
      for (int step = 0; step < 2; step++) {
        session.expect(staged, 0, BATCH);
        session.step(staged, 0, BATCH, TOWARDS_ZERO, 0.1f);
      }
      assertEquals(List.of(3, 3, 3, 3), executes);
      String refused =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> session.expect(new int[] {IMAGES + BATCH}, 0, 1))
              .getMessage();
      assertTrue(refused.startsWith("image index " + (IMAGES + BATCH) + ";"), refused);
    }
  }

  private Session open(HostMemory memory, Launch launch) {
    Session session = OpenClTestDevice.engine(memory).with(launch).open(NETWORK, BATCH);
    executes.clear();
    session.load(images(IMAGES));
    session.setParameters(Initialization.HE.draw(NETWORK, 1));
    return session;
  }

  private static ImageSet images(int count) {
    byte[] pixels = new byte[count * NETWORK.input().size()];
    new Random(5).nextBytes(pixels);
    return new ImageSet("noise", NETWORK.input(), pixels, new byte[count], 3);
  }

  /**
   * The parameters after four steps, the last one of three images.
   *
   * @param expected what each step says of the next one; null to say nothing
   */
  private float[] train(HostMemory memory, Launch launch, int[] order, int[] expected) {
    try (Session session = open(memory, launch)) {
      for (int step = 0; step < STEPS; step++) {
        int next = (step + 1) * BATCH;
        if (expected != null && step + 1 < STEPS) {
          session.expect(expected, next, Math.min(BATCH, IMAGES - next));
        }
        int count = Math.min(BATCH, IMAGES - step * BATCH);
        assertTrue(session.step(order, step * BATCH, count, TOWARDS_ZERO, 0.1f));
      }
      return session.parameters();
    }
  }
}
