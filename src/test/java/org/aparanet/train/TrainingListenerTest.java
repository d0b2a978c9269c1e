package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.StateLostException;
import org.junit.jupiter.api.Test;

class TrainingListenerTest {
  private final List<String> told = new ArrayList<>();

  private TrainingListener named(String name) {
    return new TrainingListener() {
      @Override
      public void step(Step step) {
        told.add(name + " step " + step.step());
      }

      @Override
      public void epoch(Epoch epoch) {
        told.add(name + " epoch " + epoch.epoch());
      }

      @Override
      public void restored(StateLostException cause, long step) {
        told.add(name + " restored " + step);
      }

      @Override
      public void fellBack(EngineException cause, Device device, long step) {
        told.add(name + " fell back " + step);
      }

      @Override
      public void shareMoved(EngineException cause, Device failed, List<Device> others, long step) {
        told.add(name + " moved to " + others + " " + step);
      }
    };
  }

  @Test
  void severalAreToldInTheirOrder() {
    TrainingListener all = TrainingListener.all(List.of(named("one"), named("two")));
    all.step(new TrainingListener.Step(7, 1, 1, 0, 0, 1, null));
    all.epoch(new TrainingListener.Epoch(3, 0, 0, Optional.empty(), Optional.empty(), 0, 0));
    all.restored(null, 11);
    all.fellBack(null, null, 13);
    all.shareMoved(null, null, List.of(), 17);
    assertEquals(
        List.of(
            "one step 7",
            "two step 7",
            "one epoch 3",
            "two epoch 3",
            "one restored 11",
            "two restored 11",
            "one fell back 13",
            "two fell back 13",
            "one moved to [] 17",
            "two moved to [] 17"),
        told);
  }

  @Test
  void whoListensToNothingIsLeftAlone() {
    TrainingListener deaf = new TrainingListener() {};
    deaf.step(new TrainingListener.Step(7, 1, 1, 0, 0, 1, null));
    deaf.epoch(new TrainingListener.Epoch(3, 0, 0, Optional.empty(), Optional.empty(), 0, 0));
    deaf.restored(null, 11);
    deaf.fellBack(null, null, 13);
    deaf.shareMoved(null, null, List.of(), 17);
    assertEquals(List.of(), told);
  }
}
