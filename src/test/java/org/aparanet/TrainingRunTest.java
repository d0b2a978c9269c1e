package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.train.TrainingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of a training, and what happens to the training and its thread meanwhile. */
class TrainingRunTest {
  @TempDir Path folder;

  @AfterEach
  void forgetInterrupts() {
    Thread.interrupted();
  }

  /** Of a step in the second epoch. */
  private static TrainingListener inStep7(Runnable action) {
    return new TrainingListener() {
      @Override
      public void step(Step step) {
        if (step.step() == 7) {
          action.run();
        }
      }
    };
  }

  @Test
  void anInterruptEndsTheRunWithItsStepsAndWritesAll() throws Exception {
    Path output = folder.resolve("model");
    Path history = folder.resolve("history");
    Path checkpoints = folder.resolve("checkpoints");
    Training stopped = SmallTraining.begin();
    float[] expected =
        stopped.listener(inStep7(stopped::stop)).run(SmallTraining.SET).model().parameters();

    Training.Result cut =
        SmallTraining.begin()
            .output(output)
            .history(history)
            .checkpoints(checkpoints)
            .listener(inStep7(Thread.currentThread()::interrupt))
            .run(SmallTraining.SET);

    assertTrue(Thread.interrupted(), "the thread still is interrupted");
    assertArrayEquals(expected, cut.model().parameters());
    assertArrayEquals(expected, ModelFile.load(output).parameters());
    assertEquals(1 + 7 + 1, Files.readAllLines(history).size());
    assertEquals(20, cut.accuracy().count());
    assertArrayEquals(
        SmallTraining.begin().run(SmallTraining.SET).model().parameters(),
        Training.resume(checkpoints).device("cpu").run(SmallTraining.SET).model().parameters());
  }

  /** On a thread of a pool that is shut down, for example. */
  @Test
  void anInterruptedThreadTakesNoStepAndKeepsAModelReadable() {
    Path output = folder.resolve("model");
    Thread.currentThread().interrupt();
    Training.Result none = SmallTraining.begin().output(output).run(SmallTraining.SET);
    none.model().save(folder.resolve("again"));
    Model read = ModelFile.load(output);
    assertTrue(Thread.interrupted(), "the thread still is interrupted");
    assertEquals(0, none.epochs().size());
    assertArrayEquals(none.model().parameters(), read.parameters());
  }

  @Test
  void interruptsOfAnyMomentLoseNothing() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    for (int round = 0; round < 20; round++) {
      Path output = folder.resolve("model" + round);
      CountDownLatch begun = new CountDownLatch(1);
      Training training =
          SmallTraining.begin()
              .epochs(1000)
              .output(output)
              .history(folder.resolve("history"))
              .checkpoints(folder.resolve("checkpoints" + round))
              .checkpointEvery("1")
              .listener(inStep7(begun::countDown));
      Thread[] thread = new Thread[1];
      Future<Training.Result> result =
          pool.submit(
              () -> {
                thread[0] = Thread.currentThread();
                Training.Result end = training.run(SmallTraining.SET);
                assertTrue(Thread.interrupted(), "the thread still is interrupted");
                return end;
              });
      assertTrue(begun.await(60, TimeUnit.SECONDS));
      TimeUnit.MICROSECONDS.sleep(100 * round);
      thread[0].interrupt();
      assertArrayEquals(
          result.get(60, TimeUnit.SECONDS).model().parameters(),
          ModelFile.load(output).parameters());
    }
    pool.shutdownNow();
  }

  @Test
  void aTrainingRunsOnceAtATime() throws Exception {
    Training training = SmallTraining.begin();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    training.listener(
        inStep7(
            () -> {
              begun.countDown();
              await(seen);
            }));
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<Training.Result> first = pool.submit(() -> training.run(SmallTraining.SET));
    await(begun);
    String refusal =
        assertThrows(IllegalStateException.class, () -> training.run(SmallTraining.SET))
            .getMessage();
    seen.countDown();

    assertEquals(
        "this training is running already; wait for its end, or make another one", refusal);
    assertEquals(3, first.get(60, TimeUnit.SECONDS).epochs().size());
    assertEquals(3, training.run(SmallTraining.SET).epochs().size(), "and again");
    pool.shutdown();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRunThatIsRefusedLeavesAStopToTheNext() {
    Training training = SmallTraining.begin().epochs(0);
    training.stop();
    assertThrows(IllegalArgumentException.class, () -> training.run(SmallTraining.SET));
    assertEquals(0, training.epochs(3).run(SmallTraining.SET).epochs().size());
    assertEquals(3, training.run(SmallTraining.SET).epochs().size(), "only the next run");
  }

  @Test
  void whatIsSetDuringARunIsForTheNext() {
    Path output = folder.resolve("model");
    Path later = folder.resolve("later");
    Training training = SmallTraining.begin().output(output);
    Consumer<Training> change =
        t -> t.epochs(1).output(later).history(later).batch(4).listener(inStep7(t::stop));
    training.listener(
        new TrainingListener() {
          @Override
          public void step(Step step) {
            if (step.step() == 1) {
              change.accept(training);
            }
          }
        });
    float[] expected = SmallTraining.begin().run(SmallTraining.SET).model().parameters();

    assertArrayEquals(expected, training.run(SmallTraining.SET).model().parameters());
    assertArrayEquals(expected, ModelFile.load(output).parameters());
    assertFalse(Files.exists(later));
  }
}
