package org.aparanet.engine.cpu;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that share numbered tasks with the thread that calls {@link #run}. They wait between
 * calls and end with {@link #close()}.
 */
final class Workers implements AutoCloseable {
  private Job latest; // guarded by this, as is closed
  private boolean closed;
  private final int count;

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

  /** A numbered piece of work. */
  @FunctionalInterface
  interface Task {
    /**
     * @param worker number of the worker, from 0: no two tasks with the same one run at a time
     * @param task number of the task, from 0
     */
    void run(int worker, int task);
  }

  /**
   * Runs tasks 0 to {@code tasks - 1}, each once, in no particular order, and returns when all have
   * ended. If one throws, those not yet begun are left out, and the first exception is thrown here.
   */
  void run(int tasks, Task task) {
    if (count == 1 || tasks == 1) {
      for (int i = 0; i < tasks; i++) {
        task.run(0, i);
      }
      return;
    }
    Job job = new Job(tasks, task);
    synchronized (this) {
      latest = job;
      notifyAll();
    }
    job.work(0);
    job.await();
  }

  private void serve(int worker) {
    Job done = null;
    while (true) {
      synchronized (this) {
        while (latest == done && !closed) {
          try {
            wait();
          } catch (InterruptedException e) {
            return; // nobody has a handle on these threads but the virtual machine
          }
        }
        if (closed) {
          return;
        }
        done = latest;
      }
      done.work(worker);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    latest = null;
    notifyAll();
  }

  /** The tasks of one call: workers take the next one until none is left. */
  private static final class Job {
    private final int tasks;
    private final Task task;
    private final AtomicInteger next = new AtomicInteger();
    private int ended; // guarded by this, as is failure
    private Throwable failure;

    Job(int tasks, Task task) {
      this.tasks = tasks;
      this.task = task;
    }

    void work(int worker) {
      int index;
      while ((index = next.getAndIncrement()) < tasks) {
        Throwable thrown = null;
        try {
          if (!failed()) {
            task.run(worker, index);
          }
        } catch (Throwable e) {
          thrown = e; // thrown again where the caller waits
        }
        end(thrown);
      }
    }

    private synchronized boolean failed() {
      return failure != null;
    }

    private synchronized void end(Throwable thrown) {
      if (failure == null) {
        failure = thrown;
      }
      if (++ended == tasks) {
        notifyAll();
      }
    }

    synchronized void await() {
      boolean interrupted = false;
      while (ended < tasks) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true; // the tasks still use the caller's arrays: wait on
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
