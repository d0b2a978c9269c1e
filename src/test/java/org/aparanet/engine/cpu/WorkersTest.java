package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Session;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {

  @Test
  void everyTaskRunsOnceAndNoWorkerDoesTwoAtATime() {
    try (Workers workers = new Workers(4)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(50);
      AtomicIntegerArray busy = new AtomicIntegerArray(4);
      AtomicBoolean shared = new AtomicBoolean();
      for (int round = 1; round <= 200; round++) {
        workers.run(
            50,
            (worker, task) -> {
              if (busy.incrementAndGet(worker) > 1) {
                shared.set(true);
              }
              runs.incrementAndGet(task);
              busy.decrementAndGet(worker);
            });
        for (int task = 0; task < 50; task++) {
          assertEquals(round, runs.get(task));
        }
      }
      assertFalse(shared.get());
    }
  }

  @Test
  void tasksRunAtTheSameTime() {
    try (Workers workers = new Workers(2)) {
      CountDownLatch both = new CountDownLatch(2);
      AtomicInteger met = new AtomicInteger();
      workers.run(
          2,
          (worker, task) -> {
            both.countDown();
            if (await(both)) {
              met.incrementAndGet();
            }
          });
      assertEquals(2, met.get());
    }
  }

  @Test
  void exceptionOfAnotherThreadReachesTheCallerAndTheNextRunWorks() {
    try (Workers workers = new Workers(2)) {
      CountDownLatch both = new CountDownLatch(2);
      RuntimeException thrown = new IllegalStateException("planted");
      Workers.Task task =
          (worker, index) -> {
            both.countDown();
            await(both);
            if (worker == 1) {
              throw thrown;
            }
          };
      assertSame(thrown, assertThrows(RuntimeException.class, () -> workers.run(2, task)));
      AtomicInteger runs = new AtomicInteger();
      workers.run(9, (worker, index) -> runs.incrementAndGet());
      assertEquals(9, runs.get());
    }
  }

  /** All that fail at their first task: none of them begins another one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void tasksNotYetBegunAreLeftOutWhenOneHasFailed(int count) {
    try (Workers workers = new Workers(count)) {
      for (int round = 0; round < 20; round++) {
        AtomicInteger runs = new AtomicInteger();
        assertThrows(
            IllegalStateException.class,
            () ->
                workers.run(
                    1000,
                    (worker, task) -> {
                      runs.incrementAndGet();
                      throw new IllegalStateException("planted");
                    }));
        assertTrue(runs.get() <= count, () -> runs + " of 1000 tasks were begun");
      }
    }
  }

  static Stream<Throwable> failures() {
    return Stream.of(new IllegalStateException("first"), new OutOfMemoryError("first"));
  }

  /** The caller's task fails last, when the other worker is done and has gone to sleep. */
  @ParameterizedTest
  @MethodSource("failures")
  void theFirstFailureIsTheOneThatIsThrown(Throwable first) {
    try (Workers workers = new Workers(2)) {
      CountDownLatch both = new CountDownLatch(2);
      AtomicReference<Thread> other = new AtomicReference<>();
      Workers.Task task =
          (worker, index) -> {
            if (worker == 1) {
              other.set(Thread.currentThread());
            }
            both.countDown();
            await(both);
            if (worker == 0) {
              awaitSleep(other.get());
              throw new IllegalArgumentException("second");
            }
            if (first instanceof Error error) {
              throw error;
            }
            throw (RuntimeException) first;
          };
      assertSame(first, assertThrows(Throwable.class, () -> workers.run(2, task)));
    }
  }

  /** Interrupted before it waits, and in its sleep. */
  @Test
  void callerThatIsInterruptedStillWaitsForTheOthers() {
    Thread caller = Thread.currentThread();
    try (Workers workers = new Workers(2)) {
      for (boolean asleep : new boolean[] {false, true}) {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch returned = new CountDownLatch(1);
        AtomicBoolean early = new AtomicBoolean(true);
        workers.run(
            2,
            (worker, task) -> {
              both.countDown();
              await(both);
              if (worker == 0) {
                if (!asleep) {
                  caller.interrupt();
                }
                return; // and now the caller waits
              }
              awaitSleep(caller);
              if (asleep) {
                caller.interrupt();
              }
              early.set(await(returned, 200));
            });
        returned.countDown();
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        assertFalse(early.get(), "it returned before the other task had ended");
      }
    }
  }

  private static void awaitSleep(Thread thread) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (thread.getState() != Thread.State.WAITING && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** Those of a session, whatever it did and however often it is closed. */
  @ParameterizedTest
  @ValueSource(strings = {"conv 3 3 relu, dense 4", "conv 3 3 nobias, batchnorm, dense 4"})
  void threadsOfASessionEndWhenItIsClosed(String text) throws InterruptedException {
    Network network = NetworkText.parse(new Shape(1, 6, 6), text);
    Set<Thread> before = threads();
    Session session = new CpuEngine(4).open(network, 64);
    Set<Thread> own = threads();
    own.removeAll(before);
    assertEquals(3, own.size(), own::toString);
    ImageSet black = new ImageSet("black", network.input(), new byte[64 * 36], new byte[64], 4);
    session.load(black);
    session.infer(new int[64], 0, 64, new float[64 * 4]);
    session.close();
    session.close();
    for (Thread thread : own) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      assertFalse(thread.isAlive(), thread::getName);
    }
  }

  private static Set<Thread> threads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().startsWith("aparanet-cpu-"));
    return threads;
  }

  @Test
  void threadsEndWithClose() throws InterruptedException {
    AtomicReference<Thread> other = new AtomicReference<>();
    try (Workers workers = new Workers(2)) {
      CountDownLatch both = new CountDownLatch(2);
      workers.run(
          2,
          (worker, task) -> {
            both.countDown();
            await(both);
            if (worker == 1) {
              other.set(Thread.currentThread());
            }
          });
    }
    assertTrue(other.get().isDaemon());
    other.get().join(TimeUnit.SECONDS.toMillis(30));
    assertFalse(other.get().isAlive());
  }

  private static boolean await(CountDownLatch latch) {
    return await(latch, 30_000);
  }

  private static boolean await(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
