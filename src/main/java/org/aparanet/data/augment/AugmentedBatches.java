package org.aparanet.data.augment;

import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.aparanet.data.ImageSet;

/**
 * The batches of one epoch, each image changed by an {@link Augmentation}, made ahead of time by
 * threads of their own. What the batches hold does not depend on the number of threads, nor on the
 * batch to begin with.
 *
 * <p>Threads work on portions: one batch, or as many small ones as make {@value #PORTION} images,
 * so that handing them over costs little. At most {@value #RING} portions are in memory, and fewer
 * large ones.
 *
 * <p>Batches are for one thread to take.
 */
public final class AugmentedBatches implements AutoCloseable {

  /** Images of a portion; more if a batch has more. */
  static final int PORTION = 256;

  /** The most portions in memory: one that is being used, and those made ahead. */
  static final int RING = 4;

  /** Bound on all portions together, in bytes, unless two of them take more. */
  private static final int MEMORY = 1 << 26;

  private final ImageSet images;
  private final int[] order;
  private final int batch;
  private final int epoch;
  private final int batches;
  private final Portion[] ring;

  /** Batches of a portion. */
  private final int portionBatches;

  private final int firstBatch;
  private final int portions;
  private final Thread[] threads;

  /** Makes the batches if there are no threads. */
  private final Augmenter augmenter;

  private int nextBatch;

  /** The next portion for a thread to make; guarded by this, as the next two are. */
  private int toMake;

  /** Portions that are no longer used: those below. */
  private int used;

  private boolean closed;

  /**
   * A batch.
   *
   * @param pixels the images, {@code count x channels x height x width}; the array may be longer.
   *     It is lent until the next batch is taken
   * @param first index in the epoch's order of the batch's first image
   * @param count number of images
   */
  public record Batch(byte[] pixels, int first, int count) {}

  /**
   * Begins to make batches.
   *
   * @param images where the images come from
   * @param order the epoch's order, positions in that set; not copied, and not to be changed
   * @param batch images of a batch, at least 1; the last one takes what is left
   * @param augmenters makes one for each thread; all have to change an image alike
   * @param epoch number of the epoch
   * @param firstBatch the batch to begin with, from 0 to the number of batches
   * @param threads threads that make batches; with 0, {@link #next} makes them itself
   * @throws IllegalArgumentException if a number is not allowed
   */
  public AugmentedBatches(
      ImageSet images,
      int[] order,
      int batch,
      Supplier<Augmenter> augmenters,
      int epoch,
      int firstBatch,
      int threads) {
    require("batch", batch, 1, Integer.MAX_VALUE);
    batches = (int) (((long) order.length + batch - 1) / batch);
    require("first batch", firstBatch, 0, batches);
    require("number of threads", threads, 0, 1024);
    this.images = images;
    this.order = order;
    this.batch = batch;
    this.epoch = epoch;
    this.firstBatch = firstBatch;
    nextBatch = firstBatch;
    portionBatches = threads == 0 ? 1 : Math.max(1, PORTION / batch);
    portions = (batches - firstBatch + portionBatches - 1) / portionBatches;
    int held = Math.min(portionBatches, batches - firstBatch);
    int largest = Math.multiplyExact(Math.min(batch, order.length), images.shape().size());
    long places = Math.max(2, Math.min(RING, MEMORY / Math.max(1, (long) held * largest)));
    ring = new Portion[threads == 0 ? Math.min(1, portions) : (int) Math.min(places, portions)];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new Portion(new byte[held][largest]);
    }
    augmenter = augmenters.get();
    this.threads = new Thread[Math.min(threads, portions)];
    for (int i = 0; i < this.threads.length; i++) {
      Augmenter own = augmenters.get();
      Thread thread = new Thread(() -> make(own), "aparanet-augment-" + (i + 1));
      thread.setDaemon(true); // batches left open do not keep the program alive
      this.threads[i] = thread;
    }
    for (Thread thread : this.threads) {
      thread.start();
    }
  }

  private static void require(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + "; allowed are " + least + " to " + most);
    }
  }

  /** {@return whether the epoch has another batch} */
  public boolean hasNext() {
    return nextBatch < batches;
  }

  /**
   * Takes the next batch, and waits until it is made. What the batch before it lent is no longer to
   * be read.
   *
   * @return the batch, to be read until the next call
   * @throws NoSuchElementException if there is none
   * @throws IllegalStateException if this is closed
   * @throws RuntimeException what ended the thread that was to make the batch
   */
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has no more than " + batches + " batches");
    }
    int index = nextBatch - firstBatch;
    byte[] pixels;
    if (threads.length == 0) {
      requireOpen();
      pixels = ring[0].pixels[0];
      fill(augmenter, nextBatch, pixels);
    } else {
      pixels = await(index / portionBatches).pixels[index % portionBatches];
    }
    return new Batch(pixels, firstOf(nextBatch), sizeOf(nextBatch++));
  }

  /**
   * As {@link #next}, copied into an array.
   *
   * @param target receives the images, {@code count x channels x height x width}
   * @return the number of images
   */
  public int next(byte[] target) {
    Batch taken = next();
    System.arraycopy(taken.pixels(), 0, target, 0, taken.count() * images.shape().size());
    return taken.count();
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("these batches are closed");
    }
  }

  /** Waits for a portion; those before it are used. */
  private synchronized Portion await(int number) {
    requireOpen();
    if (used != number) {
      used = number;
      notifyAll();
    }
    Portion portion = ring[number % ring.length];
    boolean interrupted = false;
    while (portion.made != number + 1 && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // it takes no longer than to make a portion: wait on
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    requireOpen();
    if (portion.failure instanceof Error error) {
      throw error;
    }
    if (portion.failure instanceof RuntimeException exception) {
      throw exception;
    }
    return portion;
  }

  /** Loop of a thread: takes portions in order until there are none. */
  private void make(Augmenter own) {
    int number;
    while ((number = take()) >= 0) {
      Portion portion = ring[number % ring.length];
      Throwable failure = null;
      try {
        for (int i = 0; i < portion.pixels.length; i++) {
          int made = firstBatch + number * portionBatches + i;
          if (made < batches) {
            fill(own, made, portion.pixels[i]);
          }
        }
      } catch (Throwable e) {
        failure = e; // thrown again where the batch is taken
      }
      synchronized (this) {
        portion.failure = failure;
        portion.made = number + 1;
        notifyAll();
      }
    }
  }

  /** Waits for a portion to make, and for its place in the ring; -1 when there will be none. */
  private synchronized int take() {
    try {
      while (!closed && toMake < portions && toMake - used >= ring.length) {
        wait();
      }
    } catch (InterruptedException e) {
      return -1; // nobody has a handle on these threads but the virtual machine
    }
    return closed || toMake >= portions ? -1 : toMake++;
  }

  private void fill(Augmenter own, int number, byte[] pixels) {
    own.apply(images, epoch, order, firstOf(number), sizeOf(number), pixels);
  }

  private int firstOf(int number) {
    return number * batch;
  }

  private int sizeOf(int number) {
    return Math.min(batch, order.length - firstOf(number));
  }

  /** Ends the threads, and waits until they have ended; closing twice does nothing. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true; // a portion takes milliseconds
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A place in the ring: some batches [portionBatches][batch x image]. */
  private static final class Portion {
    final byte[][] pixels;

    /** Number of the portion that it holds, plus 1; guarded by the batches. */
    int made;

    Throwable failure;

    Portion(byte[][] pixels) {
      this.pixels = pixels;
    }
  }
}
