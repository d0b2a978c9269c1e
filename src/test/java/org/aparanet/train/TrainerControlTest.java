package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.Session;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a run can be watched, paused and stopped, and comes to the same result. */
@Timeout(60)
class TrainerControlTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 1, 1), "dense 3");
  private static final float[] START = {1, 2, 3, 4, 5, 6};
  private static final TrainingPlan PLAN = TrainingPlan.of(2, 4, 0.1f).withSeed(9);

  @Test
  void anObserverGetsTheParametersAfterEachStepThatItAsksFor() {
    Observer observer = new Observer();
    CountingSession session = new CountingSession(NETWORK, 4);
    Map<Long, Float> after = new HashMap<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            after.put(step.step(), session.parameters()[0]);
          }
        };
    Trainer trainer = Trainers.of(session, set(10), set(5), PLAN, listener);
    trainer.control(new TrainingControl(() -> false, new Pause(), observer));

    trainer.run(START);

    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), observer.steps());
    observer.states.forEach(
        state -> assertEquals(after.get(state.step), state.parameters[0], "step " + state.step));
  }

  @Test
  void nothingIsReadFromTheDeviceForAnObserverThatWantsNothing() {
    CountingSession plain = new CountingSession(NETWORK, 4);
    Trainers.of(plain, set(10), set(5), PLAN, new TrainingListener() {}).run(START);
    Observer observer = new Observer();
    observer.wants = false;
    CountingSession observed = new CountingSession(NETWORK, 4);

    Trainer trainer = Trainers.of(observed, set(10), set(5), PLAN, new TrainingListener() {});
    trainer.control(new TrainingControl(() -> false, new Pause(), observer));
    trainer.run(START);

    assertEquals(plain.parameterReads, observed.parameterReads);
    assertEquals(List.of(), observer.steps());
  }

  /** On a device that computes the losses, too, where several steps are sent together. */
  @Test
  void watchingDoesNotChangeTheResult() {
    TrainingResult expected =
        Trainers.of(
                new CountingSession(NETWORK, 4), set(10), set(5), PLAN, new TrainingListener() {})
            .run(START);
    for (int window : new int[] {0, 1, 2, 16}) {
      CountingSession session = new CountingSession(NETWORK, 4);
      session.window = window;
      Observer observer = new Observer();
      observer.wantsProfile = true;
      TrainingPlan plan = window == 0 ? PLAN : PLAN.withSoftmax(TrainingPlan.Softmax.DEVICE);
      Trainer trainer = Trainers.of(session, set(10), set(5), plan, new TrainingListener() {});
      trainer.control(new TrainingControl(() -> false, new Pause(), observer));

      assertArrayEquals(expected.parameters(), trainer.run(START).parameters());

      assertTrue(observer.states.size() >= 2, "at least at the end of each epoch");
      assertEquals(window == 0 ? 6 : 0, observer.profiles.size(), "host's losses alone");
    }
  }

  /** Bit for bit, with all that a step can have: dropout, statistics, moments. */
  @Test
  void aProfiledStepOfTheJavaEngineIsTheStepItself() {
    Network network =
        NetworkText.parse(
            new Shape(1, 8, 8), "conv 4 3 same, batchnorm relu, pool 2, dropout 0.3, dense 3");
    TrainingPlan plan = TrainingPlan.of(2, 8, 0.05f).withSeed(3);
    float[] start = Initialization.suited(network).draw(network, 1);
    ImageSet images = images(40);
    List<float[]> results = new ArrayList<>();
    for (boolean watched : new boolean[] {false, true}) {
      try (Session session = new CpuEngine(2).open(network, 8)) {
        Observer observer = new Observer();
        observer.wants = watched;
        observer.wantsProfile = watched;
        Trainer trainer = Trainers.of(session, images, images, plan, new TrainingListener() {});
        trainer.control(new TrainingControl(() -> false, new Pause(), observer));
        results.add(trainer.run(start).parameters());
        assertEquals(watched ? 10 : 0, observer.profiles.size());
        observer.profiles.forEach(profile -> assertTrue(profile.parts().size() > 3));
      }
    }
    assertArrayEquals(results.get(0), results.get(1));
  }

  @Test
  void aLossThatIsNotFiniteInAProfiledStepIsADivergence() {
    CountingSession session = new CountingSession(NETWORK, 4);
    session.notANumberFrom = 5;
    Observer observer = new Observer();
    observer.wantsProfile = true;
    Trainer trainer = Trainers.of(session, set(10), set(5), PLAN, new TrainingListener() {});
    trainer.control(new TrainingControl(() -> false, new Pause(), observer));

    TrainingDivergedException thrown =
        assertThrows(TrainingDivergedException.class, () -> trainer.run(START));

    assertTrue(thrown.getMessage().startsWith("the loss is no longer finite at step 5 (epoch 2)"));
    assertEquals(List.of(1L, 2L, 3L, 4L), observer.profiled);
  }

  /** Also after step 3, the last one of an epoch. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aPausedRunTakesNoStepsAndGoesOnToTheSameResult(int last) throws Exception {
    TrainingResult expected =
        Trainers.of(
                new CountingSession(NETWORK, 4), set(10), set(5), PLAN, new TrainingListener() {})
            .run(START);
    for (int window : new int[] {0, 16}) {
      Pause pause = new Pause();
      CountingSession session = new CountingSession(NETWORK, 4);
      session.window = window;
      session.works = step -> pauseAt(step, last, pause);
      Observer observer = new Observer();
      TrainingPlan plan = window == 0 ? PLAN : PLAN.withSoftmax(TrainingPlan.Softmax.DEVICE);
      AtomicLong now = new AtomicLong();
      Trainer trainer = trainer(session, plan, now::get, Optional.empty());
      trainer.control(new TrainingControl(() -> false, pause, observer));

      CompletableFuture<TrainingResult> run =
          CompletableFuture.supplyAsync(() -> trainer.run(START));
      observer.awaitAgain(last); // told again while it waits, so it waits after that step
      now.addAndGet(TimeUnit.HOURS.toNanos(1));
      assertEquals(last, session.batches.size());
      assertFalse(run.isDone());
      pause.resume();
      TrainingResult result = run.get();

      assertArrayEquals(expected.parameters(), result.parameters());
      assertEquals(6, session.batches.size());
      assertTrue(result.seconds() < 1, "the pause is no time of the training");
    }
  }

  @Test
  void aPausedRunIsKeptAndCanBeStopped() throws Exception {
    Pause pause = new Pause();
    AtomicBoolean stop = new AtomicBoolean();
    CountingSession session = new CountingSession(NETWORK, 4);
    session.works = step -> pauseAt(step, 4, pause);
    Observer observer = new Observer();
    Kept kept = new Kept();
    Trainer trainer = trainer(session, PLAN, System::nanoTime, Optional.of(kept));
    trainer.control(new TrainingControl(stop::get, pause, observer));

    CompletableFuture<TrainingResult> run = CompletableFuture.supplyAsync(() -> trainer.run(START));
    float[] paused = observer.awaitAgain(4);
    assertEquals(List.of(3L, 4L), kept.steps, "after the first epoch, and at the pause");
    stop.set(true);

    assertArrayEquals(paused, run.get().parameters());
    assertEquals(4, session.batches.size());
    assertEquals(4L, kept.steps.get(kept.steps.size() - 1));
  }

  @Test
  void aThreadThatIsInterruptedNoLongerWaits() {
    Pause pause = new Pause();
    pause.pause();
    Thread.currentThread().interrupt();

    assertFalse(pause.holds(60_000));

    assertTrue(Thread.interrupted());
    assertFalse(pause.isPaused());
  }

  private static void pauseAt(int step, int wanted, Pause pause) {
    if (step == wanted) {
      pause.pause();
    }
  }

  private static Trainer trainer(
      CountingSession session,
      TrainingPlan plan,
      LongSupplier clock,
      Optional<SnapshotKeeper> keeper) {
    return new Trainer(
        session,
        Optional.empty(),
        new TrainingData(set(10), Optional.empty(), set(5)),
        plan,
        new TrainingListener() {},
        keeper,
        clock);
  }

  private static ImageSet set(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 3);
    }
    return new ImageSet("set", new Shape(1, 1, 1), new byte[count], labels, 3);
  }

  private static ImageSet images(int count) {
    byte[] labels = new byte[count];
    byte[] pixels = new byte[count * 64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 % 251);
      labels[i / 64] = (byte) (i / 64 % 3);
    }
    return new ImageSet("images", new Shape(1, 8, 8), pixels, labels, 3);
  }

  private static final class Kept implements SnapshotKeeper {
    final List<Long> steps = new ArrayList<>();

    @Override
    public void begin(Snapshot start, long nanos) {}

    @Override
    public boolean due(long step, long nanos) {
      return false;
    }

    @Override
    public void keep(Snapshot snapshot, LongSupplier clock) {
      steps.add(snapshot.position().step());
    }
  }

  private record State(long step, float[] parameters) {}

  private static final class Observer implements StateObserver {
    final List<State> states = new ArrayList<>();
    final List<StepProfile> profiles = new ArrayList<>();
    final List<Long> profiled = new ArrayList<>();
    boolean wants = true;
    boolean wantsProfile;

    @Override
    public boolean wantsState() {
      return wants;
    }

    @Override
    public synchronized void state(long step, float[] parameters) {
      states.add(new State(step, parameters));
      notifyAll();
    }

    @Override
    public boolean wantsProfile() {
      return wantsProfile;
    }

    @Override
    public void profile(long step, Device device, StepProfile profile) {
      profiled.add(step);
      profiles.add(profile);
    }

    synchronized List<Long> steps() {
      return states.stream().map(State::step).toList();
    }

    /** Waits until a step's state has been told three times; returns its parameters. */
    synchronized float[] awaitAgain(long step) throws InterruptedException {
      while (states.stream().filter(s -> s.step == step).count() < 3) {
        wait(10_000);
      }
      State last = states.get(states.size() - 1);
      assertEquals(step, last.step);
      return Arrays.copyOf(last.parameters, last.parameters.length);
    }
  }
}
