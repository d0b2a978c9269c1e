package org.aparanet.engine.opencl;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.LossOnDevice;
import org.aparanet.engine.StepOutcome;
import org.aparanet.engine.opencl.kernel.DeviceState;

/** Steps that are one execute each, with softmax and loss on the device. */
final class LossSteps implements LossOnDevice {
  private static final int WINDOW = 16;

  /** Training step in one execute. */
  @FunctionalInterface
  interface WholeStep {
    /**
     * @param slot number of the step since the last outcomes
     * @return the step's number
     */
    int take(
        int[] images,
        int from,
        int count,
        int[] labels,
        float smoothing,
        float learningRate,
        int slot);
  }

  private final DeviceState state;
  private final TrafficCounter traffic;
  private final WholeStep step;

  /** Images of each step since the last outcomes. */
  private final List<Integer> counts = new ArrayList<>();

  /** Number of each step since the last outcomes. */
  private final List<Integer> numbers = new ArrayList<>();

  LossSteps(DeviceState state, TrafficCounter traffic, WholeStep step) {
    this.state = state;
    this.traffic = traffic;
    this.step = step;
    state.wholeSteps().allocate(WINDOW);
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public void step(
      int[] images, int from, int count, int[] labels, float smoothing, float learningRate) {
    int number = step.take(images, from, count, labels, smoothing, learningRate, counts.size());
    counts.add(count);
    numbers.add(number);
  }

  /**
   * @throws IllegalStateException if no step more can be taken before outcomes are asked for
   */
  void requireRoom() {
    if (counts.size() == WINDOW) {
      throw new IllegalStateException(
          WINDOW + " steps have been taken since their outcomes were asked for");
    }
  }

  @Override
  public List<StepOutcome> outcomes() {
    state.requireOpen();
    List<StepOutcome> outcomes = new ArrayList<>();
    if (!counts.isEmpty()) {
      state.wholeSteps().readLosses();
      traffic.endOutcomes();
      for (int slot = 0; slot < counts.size(); slot++) {
        outcomes.add(state.wholeSteps().outcome(slot, counts.get(slot), numbers.get(slot)));
      }
      forget();
    }
    return outcomes;
  }

  /** Drops the outcomes of all steps so far, as after other parameters are set. */
  void forget() {
    counts.clear();
    numbers.clear();
  }
}
