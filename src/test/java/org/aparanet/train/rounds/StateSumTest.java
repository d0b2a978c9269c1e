package org.aparanet.train.rounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aparanet.engine.StepOutcome;
import org.aparanet.engine.TrainingState;
import org.aparanet.train.TakenStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateSumTest {
  private static RoundResult result(int share, int images, float... values) {
    List<TakenStep> steps =
        images == 0 ? List.of() : List.of(new TakenStep(images, 0.1f, new StepOutcome(1, 1)));
    return new RoundResult(
        share, new TrainingState(values, values.clone(), new float[0], share), steps);
  }

  @Test
  void statesCountByTheirImages() {
    TrainingState mean =
        StateSum.ofAll(
                List.of(result(0, 3, 1, 8), result(1, 1, 5, 0), result(2, 0, Float.NaN, 1e30f)))
            .mean(7);
    assertArrayEquals(new float[] {2, 6}, mean.parameters());
    assertArrayEquals(new float[] {2, 6}, mean.firstMoments());
    assertEquals(0, mean.secondMoments().length);
    assertEquals(7, mean.steps());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 40, 256})
  void manyAreAddedInGroups(int shares) {
    Random random = new Random(shares);
    List<RoundResult> results = new ArrayList<>();
    double sum = 0;
    long images = 0;
    for (int share = 0; share < shares; share++) {
      float value = random.nextFloat();
      int weight = 1 + random.nextInt(60);
      results.add(result(share, weight, value));
      sum += (double) weight * value;
      images += weight;
    }
    assertEquals(sum / images, StateSum.ofAll(results).mean(1).parameters()[0], 1e-7);

    int size = StateSum.group(shares);
    List<StateSum> groups = new ArrayList<>();
    for (int from = 0; from < shares; from += size) {
      groups.add(StateSum.of(results.subList(from, Math.min(shares, from + size))));
    }
    assertEquals(
        StateSum.ofAll(results).mean(1).parameters()[0],
        StateSum.ofGroups(groups).mean(1).parameters()[0]);
  }

  /** The mean of one state is that state, to the bit. */
  @Test
  void oneStateStaysAsItIs() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        int weight = 1 + random.nextInt(65_536 * 50);
        TrainingState mean = StateSum.ofAll(List.of(result(0, weight, value))).mean(1);
        assertEquals(value, mean.parameters()[0], 0f);
      }
    }
  }
}
