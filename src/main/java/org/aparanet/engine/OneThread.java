package org.aparanet.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** A thread that does what others ask it to, one after another, while they wait. */
final class OneThread implements AutoCloseable {
  private final ExecutorService executor;

  OneThread(String name) {
    executor =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true); // what is left open does not keep the program alive
              return thread;
            });
  }

  /**
   * Has the thread do something, and waits for its end.
   *
   * @throws RuntimeException what the work threw
   * @throws IllegalStateException if this is closed
   */
  void run(Runnable work) {
    Future<?> end;
    try {
      end = executor.submit(work);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the inference is closed", e);
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          end.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true; // the work still uses the caller's arrays: wait on
        } catch (ExecutionException e) {
          if (e.getCause() instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) e.getCause(); // a Runnable throws nothing else
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  boolean isClosed() {
    return executor.isShutdown();
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
