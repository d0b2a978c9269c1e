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
  private static final int MOST_WRITES = 1000;
  private static final long LONGEST_WRITE_SECONDS = 5;
  private static final long PAUSE_SECONDS = 1;

  private static final Set<Path> FILES = new LinkedHashSet<>();

  /** Fair, so that the end of the process gets its turn among writes that follow on each other. */
  private static final Semaphore WRITES = new Semaphore(MOST_WRITES, true);

  private static boolean watching;

  private Leftovers() {}

  /** Remembers a file that is to be removed if the process ends before {@link #forget}. */
  public static synchronized void remember(Path file) {
    if (!watching) {
      watching = true;
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::remove, "aparanet-leftovers"));
      } catch (IllegalStateException e) {
        // the process is ending already; whoever made the file still removes it
      }
    }
    FILES.add(file);
  }

  /** Forgets a file that is no longer there, or is to stay. */
  public static synchronized void forget(Path file) {
    FILES.remove(file);
  }

  /** A temporary file that is being written; closing removes it, if it has not been moved. */
  static final class Writing implements AutoCloseable {
    private final Path file;
    private final boolean counted;

    private Writing(Path file, boolean counted) {
      this.file = file;
      this.counted = counted;
    }

    @Override
    public void close() throws IOException {
      try {
        Files.deleteIfExists(file);
      } finally {
        forget(file);
        if (counted) {
          WRITES.release();
        }
      }
    }
  }

  /**
   * Announces a temporary file. Where the process is ending this takes a moment, after which either
   * the process is gone, or something in it still waits for what is written.
   */
  static Writing writing(Path file) {
    boolean counted = false;
    try {
      counted = WRITES.tryAcquire(PAUSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    remember(file);
    return new Writing(file, counted);
  }

  private static void remove() {
    try {
      WRITES.tryAcquire(MOST_WRITES, LONGEST_WRITE_SECONDS, TimeUnit.SECONDS);
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
