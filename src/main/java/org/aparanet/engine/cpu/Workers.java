package org.aparanet.engine.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.aparanet.engine.cpu.slice.Team;

/**
 * Threads that share numbered tasks with the thread that calls {@link #run}. They wait between
 * calls and end with {@link #close()}.
 *
 * <p>Neighbouring tasks belong to one worker, the same ones in each call with as many tasks, so
 * that what a task has written is still in its core's cache when it is read by the next call's. Who
 * has done its own takes what the others have not begun.
 *
 * <p>A waiting thread polls for a short while before it sleeps: steps follow one another within
 * microseconds, and waking a thread takes longer than many of them.
 */
class Workers implements Team, AutoCloseable {

  /** Time that a thread polls before it sleeps, in nanoseconds. */
  private static final long PATIENCE = 50_000;

  private static final Job NONE = new Job(0, 1, null);

  private final int count;
  private volatile Job latest = NONE;
  private volatile boolean closed;

  /** Workers that sleep; guarded by this for writing. */
  private volatile int sleeping;

  /**
   * @param count number of workers, the calling thread included, at least 1
   */
  Workers(int count) {
    this.count = count;
    for (int i = 1; i < count; i++) {
      int worker = i;
      Thread thread = new Thread(() -> serve(worker), "aparanet-cpu-" + worker);
      thread.setDaemon(true); // a session left open does not keep the program alive
      thread.start();
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void run(int tasks, Task task) {
    if (count == 1 || tasks == 1) {
      for (int i = 0; i < tasks; i++) {
        task.run(0, i);
      }
      return;
    }
    Job job = new Job(tasks, count, task);
    latest = job;
    if (sleeping > 0) {
      wake();
    }
    job.work(0);
    job.await();
  }

  private synchronized void wake() {
    notifyAll();
  }

  private void serve(int worker) {
    Job done = NONE;
    while (next(done)) {
      done = latest;
      done.work(worker);
    }
  }

  /** Waits for another job than the given one; false when there will be none. */
  private boolean next(Job done) {
    long end = System.nanoTime() + PATIENCE;
    while (latest == done && !closed) {
      if (System.nanoTime() - end > 0) {
        return sleep(done);
      }
      Thread.onSpinWait();
    }
    return !closed;
  }

  private synchronized boolean sleep(Job done) {
    sleeping++;
    try {
      // seen by run() before it stores a job, or this sees the job
      while (latest == done && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      return false; // only the virtual machine has a reference to these threads
    } finally {
      sleeping--;
    }
    return !closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Tasks of one call, taken by workers one by one. */
  private static final class Job {

    /** Distance of two workers' counters, so that no two are in one cache line. */
    private static final int APART = 128 / Integer.BYTES;

    private final int tasks;
    private final int workers;
    private final Task task;
    private final AtomicIntegerArray begun; // of the tasks that belong to a worker
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Job(int tasks, int workers, Task task) {
      this.tasks = tasks;
      this.workers = workers;
      this.task = task;
      begun = new AtomicIntegerArray(workers * APART);
    }

    /** Runs a worker's own tasks, then those of the next ones that they have not begun. */
    void work(int worker) {
      for (int i = 0; i < workers; i++) {
        int owner = (worker + i) % workers;
        int first = first(owner);
        int count = first(owner + 1) - first;
        int at = owner * APART;
        while (begun.get(at) < count) {
          int index = begun.getAndIncrement(at);
          if (index < count) {
            run(worker, first + index);
          }
        }
      }
    }

    private int first(int owner) {
      return (int) ((long) tasks * owner / workers);
    }

    private void run(int worker, int index) {
      try {
        if (failure.get() == null) {
          task.run(worker, index);
        }
      } catch (Throwable e) {
        failure.compareAndSet(null, e); // thrown again where the caller waits
      } finally {
        end();
      }
    }

    private void end() {
      if (ended.incrementAndGet() == tasks) {
        synchronized (this) {
          notifyAll();
        }
      }
    }

    void await() {
      long end = System.nanoTime() + PATIENCE;
      while (ended.get() < tasks && System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      if (ended.get() < tasks) {
        sleep();
      }
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }

    private synchronized void sleep() {
      boolean interrupted = false;
      while (ended.get() < tasks) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true; // the tasks still use the caller's arrays: wait on
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
