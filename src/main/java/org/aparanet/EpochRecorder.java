package org.aparanet;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.train.TrainingListener;

/** Record of a run's finished epochs. */
final class EpochRecorder implements TrainingListener {
  private final List<Epoch> epochs = new ArrayList<>();

  @Override
  public void epoch(Epoch epoch) {
    epochs.add(epoch);
  }

  /** The epochs so far, in their order. */
  List<Epoch> all() {
    return List.copyOf(epochs);
  }
}
