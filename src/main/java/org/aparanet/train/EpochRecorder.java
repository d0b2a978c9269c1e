package org.aparanet.train;

import java.util.ArrayList;
import java.util.List;

/** Record of a run's finished epochs. */
public final class EpochRecorder implements TrainingListener {
  private final List<Epoch> epochs = new ArrayList<>();

  /** A record without epochs. */
  public EpochRecorder() {}

  @Override
  public void epoch(Epoch epoch) {
    epochs.add(epoch);
  }

  /** {@return the epochs so far, in their order} */
  public List<Epoch> all() {
    return List.copyOf(epochs);
  }
}
