package org.aparanet.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The files of this process that nobody needs once it has ended: temporary ones and locks. When the
 * process is told to end, they are removed, and what is being written is first given the time to
 * become whole.
 */
public final class Leftovers {
  private static final int MOST_WORK = 1000;
  private static final long LONGEST_WORK_SECONDS = 5;
  private static final long PAUSE_SECONDS = 3;

  private static final Set<Path> FILES = new LinkedHashSet<>();

  /**
   * Fair, so that the end of the process gets its turn among pieces of work that follow on each
   * other.
   */
  private static final Semaphore WORK = new Semaphore(MOST_WORK, true);

  private static boolean watching;
  private static boolean ending;

  private Leftovers() {}

  /** Remembers a file that is to be removed if the process ends before {@link #forget}. */
  public static synchronized void remember(Path file) {
    watch();
    FILES.add(file);
  }

  /**
   * Has the files removed when the process ends.
   *
   * @return whether that is possible: not if it is ending already
   */
  private static synchronized boolean watch() {
    if (!watching) {
      watching = true;
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::remove, "aparanet-leftovers"));
      } catch (IllegalStateException e) {
        ending = true;
      }
    }
    return !ending;
  }

  /** Forgets a file that is no longer there, or is to stay. */
  public static synchronized void forget(Path file) {
    FILES.remove(file);
  }

  /** Work on files that is not to be interrupted by the end of the process; closing ends it. */
  static final class Work implements AutoCloseable {
    private final boolean counted;

    private Work(boolean counted) {
      this.counted = counted;
    }

    @Override
    public void close() {
      if (counted) {
        WORK.release();
      }
    }
  }

  /**
   * Announces work. Where the process is ending this takes a moment, after which either the process
   * is gone, or something in it still waits for what is done.
   */
  static Work work() {
    try (Interrupts held = Interrupts.heldBack()) {
      while (true) {
        try {
          return new Work(isCounted());
        } catch (InterruptedException e) {
          held.note(); // what is announced is done all the same
        }
      }
    }
  }

  private static boolean isCounted() throws InterruptedException {
    if (watch()) {
      return WORK.tryAcquire(PAUSE_SECONDS, TimeUnit.SECONDS);
    }
    TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
    return false;
  }

  /** A temporary file that is being written; closing removes it, if it has not been moved. */
  static final class Writing implements AutoCloseable {
    private final Path file;
    private final Work work;

    private Writing(Path file, Work work) {
      this.file = file;
      this.work = work;
    }

    @Override
    public void close() throws IOException {
      try {
        Files.deleteIfExists(file);
      } finally {
        forget(file);
        work.close();
      }
    }
  }

  /** Announces a temporary file. */
  static Writing writing(Path file) {
    Work work = work();
    remember(file);
    return new Writing(file, work);
  }

  private static void remove() {
    try {
      WORK.tryAcquire(MOST_WORK, LONGEST_WORK_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Path file : files()) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // it stays behind, and hinders nobody
      }
    }
  }

  private static synchronized List<Path> files() {
    return List.copyOf(FILES);
  }
}
