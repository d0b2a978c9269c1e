package org.aparanet.train;

import java.util.concurrent.TimeUnit;

/** Pause of a run between two of its steps, which any thread begins and ends. */
public final class Pause {
  private boolean paused;

  /** Has the run wait after the step that is under way. */
  public synchronized void pause() {
    paused = true;
  }

  /** Has the run go on. */
  public synchronized void resume() {
    paused = false;
    notifyAll();
  }

  /** {@return whether the run waits, or will after the step that is under way} */
  public synchronized boolean isPaused() {
    return paused;
  }

  /**
   * Waits for the end of the pause.
   *
   * @param milliseconds to wait at the longest
   * @return whether the pause goes on
   */
  synchronized boolean holds(long milliseconds) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    try {
      long left = milliseconds;
      while (paused && left > 0) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      paused = false; // nobody is left who waits
    }
    return paused;
  }
}
