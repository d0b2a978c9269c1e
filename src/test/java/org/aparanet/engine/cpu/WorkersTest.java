package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

  @Test
  void callerThatIsInterruptedStillWaitsForTheOthers() {
    try (Workers workers = new Workers(2)) {
      AtomicInteger ended = new AtomicInteger();
      Thread.currentThread().interrupt();
      workers.run(
          8,
          (worker, task) -> {
            for (int i = 0; i < 1000; i++) {
              Thread.onSpinWait();
            }
            ended.incrementAndGet();
          });
      assertEquals(8, ended.get());
      assertTrue(Thread.interrupted(), "the interrupt is kept");
    }
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
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
