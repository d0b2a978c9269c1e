package org.aparanet.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Division of every batch into shares, of which each is trained by a session of its own: the first
 * images of a batch are the first share, and so on.
 *
 * @param parts size of each share relative to the others, 1 to {@link #MAXIMUM_PART}; at most
 *     {@link #MAXIMUM} of them
 */
public record Shares(List<Integer> parts) {

  /** The whole batch as one share. */
  public static final Shares ONE = new Shares(List.of(1));

  /** Largest number of shares. */
  public static final int MAXIMUM = 1024;

  /** Largest relative size. */
  public static final int MAXIMUM_PART = 1000;

  /**
   * Checks the values.
   *
   * @param parts size of each share relative to the others, 1 to {@link #MAXIMUM_PART}; at most
   *     {@link #MAXIMUM} of them
   * @throws IllegalArgumentException if there is none, or one is out of its range
   */
  public Shares {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > MAXIMUM) {
      throw new IllegalArgumentException(parts.size() + " shares; allowed are 1 to " + MAXIMUM);
    }
    for (int part : parts) {
      if (part < 1 || part > MAXIMUM_PART) {
        throw new IllegalArgumentException(
            "a share of " + part + "; allowed are whole numbers from 1 to " + MAXIMUM_PART);
      }
    }
  }

  /**
   * {@return shares of the same size}
   *
   * @param count how many, 1 to {@link #MAXIMUM}
   */
  public static Shares equal(int count) {
    return new Shares(Collections.nCopies(count, 1));
  }

  /**
   * Reads relative sizes such as {@code 3:1}.
   *
   * @param text of the shares
   * @return the shares
   * @throws IllegalArgumentException with a sentence that says what is allowed
   */
  public static Shares parse(String text) {
    if (!text.matches("[0-9]{1,4}(:[0-9]{1,4})*")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no division into shares; allowed is a form such as 3:1");
    }
    return new Shares(Arrays.stream(text.split(":")).map(Integer::valueOf).toList());
  }

  /** {@return whether all parts are the same} */
  public boolean areEqual() {
    return parts.stream().distinct().count() == 1;
  }

  /** {@return how many shares there are} */
  public int count() {
    return parts.size();
  }

  /**
   * {@return the place in a whole batch of the first image of a share, and that behind its last one
   * as the place of the next share}
   *
   * @param share its number, from 0; the number of shares for the end of the batch
   * @param batch images of the batch
   */
  public int from(int share, int batch) {
    return (int) ((long) batch * sum(share) / sum(count()));
  }

  /**
   * {@return the same in a batch that may have fewer images, as an epoch's last one: no share has
   * more of it than of a whole batch}
   *
   * @param share its number, from 0; the number of shares for the end of the batch
   * @param images of this batch, at most those of a whole one
   * @param batch images of a whole batch
   */
  public int from(int share, int images, int batch) {
    return (int) ((long) images * from(share, batch) / batch);
  }

  /**
   * {@return the images that a share has of a whole batch; 0 where there are too few}
   *
   * @param share its number, from 0
   * @param batch images of the batch
   */
  public int size(int share, int batch) {
    return from(share + 1, batch) - from(share, batch);
  }

  /**
   * {@return what a share has of an epoch's images, in their order}
   *
   * @param share its number, from 0
   * @param order of the epoch's images
   * @param batch images of a batch, the last one taking what is left
   */
  public int[] of(int share, int[] order, int batch) {
    int rest = order.length % batch;
    int ofRest = from(share + 1, rest, batch) - from(share, rest, batch);
    int[] own = new int[order.length / batch * size(share, batch) + ofRest];
    int next = 0;
    for (int start = 0; start < order.length; start += batch) {
      int images = Math.min(batch, order.length - start);
      int from = from(share, images, batch);
      int size = from(share + 1, images, batch) - from;
      System.arraycopy(order, start + from, own, next, size);
      next += size;
    }
    return own;
  }

  /**
   * {@return the seed of what is random in the steps of a share; that of the run for the first}
   *
   * @param seed of the run
   * @param share its number, from 0
   */
  public static long seed(long seed, int share) {
    return seed + share * 0x9E3779B97F4A7C15L; // what takes it, mixes it
  }

  private long sum(int shares) {
    long sum = 0;
    for (int i = 0; i < shares; i++) {
      sum += parts.get(i);
    }
    return sum;
  }

  /** {@return the text that {@link #parse} reads} */
  @Override
  public String toString() {
    return parts.stream().map(String::valueOf).collect(Collectors.joining(":"));
  }
}
