package org.aparanet.train.checkpoint;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;
import org.aparanet.data.ImageSet;
import org.aparanet.file.Digests;

/**
 * Digest of a run's images that can be computed shard by shard: the sum modulo 2^256, over all
 * images, of the SHA-256 of the image's part, number, label and pixels.
 */
public final class ImageDigest implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BYTES = 32;

  /** Parts of a run's images. */
  public enum Part {
    /** To learn from. */
    TRAIN,
    /** To choose the best epoch with. */
    VALIDATION,
    /** To measure with. */
    TEST
  }

  private final byte[] sum = new byte[BYTES]; // big-endian

  /** Begins with no image. */
  public ImageDigest() {}

  /**
   * Adds images.
   *
   * @param part to which they belong
   * @param images with their labels
   * @param numbers of these images in the part
   * @return this digest
   */
  public ImageDigest add(Part part, ImageSet images, IntUnaryOperator numbers) {
    MessageDigest sha = Digests.sha256();
    byte[] pixels = new byte[images.shape().size()];
    for (int i = 0; i < images.count(); i++) {
      images.copy(i, pixels, 0);
      sha.update((byte) part.ordinal());
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, numbers.applyAsInt(i)));
      sha.update((byte) images.label(i));
      add(sha.digest(pixels));
    }
    return this;
  }

  /**
   * Adds the images of another digest.
   *
   * @param other digest; not changed
   * @return this digest
   */
  public ImageDigest add(ImageDigest other) {
    add(other.sum);
    return this;
  }

  private void add(byte[] number) {
    int carry = 0;
    for (int i = BYTES - 1; i >= 0; i--) {
      carry += (sum[i] & 0xFF) + (number[i] & 0xFF);
      sum[i] = (byte) carry;
      carry >>= 8;
    }
  }

  /** {@return the sum in hexadecimal digits} */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(sum);
  }
}
