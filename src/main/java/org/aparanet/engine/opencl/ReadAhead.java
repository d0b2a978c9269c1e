package org.aparanet.engine.opencl;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Reading of the next batch's pixels by a thread of its own, while the device works. */
final class ReadAhead implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread reader = new Thread(task, "aparanet-read-ahead");
            reader.setDaemon(true); // a session left open does not keep the program alive
            return reader;
          });
  private final byte[] pixels;
  private int[] images = {}; // whose pixels these are, or will be
  private CompletableFuture<Void> reading; // null if nothing is being read, or was not taken

  /**
   * @param bytes of a batch
   */
  ReadAhead(int bytes) {
    pixels = new byte[bytes];
  }

  /**
   * Begins to read a batch; what was read before and not taken is forgotten.
   *
   * @param next indices of its images; not copied
   * @param copy puts the pixels into an array
   */
  void read(int[] next, Consumer<byte[]> copy) {
    if (reading != null && Arrays.equals(next, images)) {
      return;
    }
    forget();
    images = next;
    reading = CompletableFuture.runAsync(() -> copy.accept(pixels), thread);
  }

  /**
   * Takes the batch that was read, if it is the one that is wanted.
   *
   * @param target receives its pixels
   * @return whether it was
   * @throws RuntimeException what reading it failed with
   */
  boolean take(int[] wanted, int from, int number, byte[] target) {
    if (reading == null || !Arrays.equals(images, 0, images.length, wanted, from, from + number)) {
      return false;
    }
    try {
      reading.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    } finally {
      reading = null;
    }
    System.arraycopy(pixels, 0, target, 0, pixels.length);
    return true;
  }

  /** Waits for the end of reading, whatever comes of it, which nobody takes. */
  void forget() {
    if (reading != null) {
      reading.handle((done, failure) -> null).join();
      reading = null;
    }
  }

  @Override
  public void close() {
    forget();
    thread.shutdown();
  }
}
