package org.aparanet.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;
import org.aparanet.train.TrainingData;
import org.junit.jupiter.api.Test;

class ImageDigestTest {
  private static final ImageSet IMAGES =
      new ImageSet(
          "set", new Shape(1, 1, 2), new byte[] {1, 2, 3, 4, 5, -6}, new byte[] {0, 2, 1}, 3);

  private static String of(ImageSet images) {
    return new ImageDigest().add(ImageDigest.Part.TRAIN, images, i -> i).toString();
  }

  private static ImageSet with(byte[] pixels, byte... labels) {
    return new ImageSet("set", new Shape(1, 1, 2), pixels, labels, 3);
  }

  @Test
  void isTheSumOfTheImagesDigests() throws Exception {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < 3; i++) {
      byte[] pixels = new byte[2];
      IMAGES.copy(i, pixels, 0);
      byte[] hashed =
          ByteBuffer.allocate(8)
              .put((byte) 0)
              .putInt(i)
              .put((byte) IMAGES.label(i))
              .put(pixels)
              .array();
      sum = sum.add(new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(hashed)));
    }

    assertEquals("%064x".formatted(sum.mod(BigInteger.ONE.shiftLeft(256))), of(IMAGES));
  }

  @Test
  void isTheSameInAnyShards() {
    ImageDigest first = new ImageDigest().add(ImageDigest.Part.TRAIN, IMAGES.only(0), i -> 0);
    ImageDigest second =
        new ImageDigest()
            .add(ImageDigest.Part.TRAIN, IMAGES.only(2), i -> 2)
            .add(ImageDigest.Part.TRAIN, IMAGES.only(1), i -> 1);

    assertEquals(of(IMAGES), second.add(first).toString());
  }

  @Test
  void tellsOtherOrdersLabelsPixelsAndParts() {
    assertNotEquals(of(IMAGES), of(with(new byte[] {3, 4, 1, 2, 5, -6}, new byte[] {2, 0, 1})));
    assertNotEquals(of(IMAGES), of(with(IMAGES.pixels(), new byte[] {0, 1, 2})));
    assertNotEquals(of(IMAGES), of(with(new byte[] {1, 2, 3, 4, 5, 6}, new byte[] {0, 2, 1})));
    assertNotEquals(
        of(IMAGES), new ImageDigest().add(ImageDigest.Part.TEST, IMAGES, i -> i).toString());
  }

  @Test
  void identitiesSayWhichKindOfDigestTheyHave() {
    TrainingData data = new TrainingData(IMAGES, Optional.of(IMAGES), IMAGES);
    ImageDigest train = new ImageDigest().add(ImageDigest.Part.TRAIN, IMAGES, i -> i);
    String summed = RunIdentity.summedDigest(data);

    assertTrue(
        summed.startsWith("set: 3 of 1x1x2 in 3 classes; set: 3 of 1x1x2 in 3 classes; "), summed);
    assertTrue(summed.matches(".*; sum of sha256 [0-9a-f]{64}"), summed);
    assertEquals(summed, RunIdentity.summedDigest(data, train));
    assertEquals(of(IMAGES), train.toString()); // it is not changed
    assertNotEquals(
        summed, RunIdentity.summedDigest(new TrainingData(IMAGES, Optional.empty(), IMAGES)));
  }
}
