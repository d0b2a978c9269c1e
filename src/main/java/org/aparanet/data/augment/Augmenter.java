package org.aparanet.data.augment;

import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;

/**
 * Changes images as an {@link Augmentation} says. What comes out depends on the seed, the epoch and
 * the image's number only, and is the same to the bit on every machine.
 *
 * <p>Each word of the description has random numbers of its own: to add a word leaves what the
 * others do as it was. Rotation, scale, shear, shift and the elastic deformation are one
 * resampling, so that an image is blurred once at most; where only whole pixels move, it is not
 * blurred at all.
 *
 * <p>An augmenter holds what it works with and is for one thread; any number of them give the same.
 */
public final class Augmenter {
  // numbers of the draws
  private static final int RIGHT = 0;
  private static final int DOWN = 1;
  private static final int ROTATE = 2;
  private static final int SCALE = 3;
  private static final int SHEAR = 4;
  private static final int FLIP = 5;
  private static final int CUTOUT_X = 6;
  private static final int CUTOUT_Y = 7;
  private static final int ELASTIC = 8;

  private final Augmentation augmentation;
  private final Shape shape;
  private final long seed;
  private final FillColor ground;
  private final IntUnaryOperator numbers;
  private final boolean wholePixels;
  private final Draws draws = new Draws();
  private final AffineMap map = new AffineMap();
  private final Resampler resampler;
  private final ElasticField field;

  /**
   * A source of changed images.
   *
   * @param augmentation what to do
   * @param shape of the images
   * @param seed where the random numbers start
   * @param ground of what comes in from outside, and of what is cut out
   */
  public Augmenter(Augmentation augmentation, Shape shape, long seed, FillColor ground) {
    this(augmentation, shape, seed, ground, IntUnaryOperator.identity());
  }

  /**
   * A source of changed images of a set that is a part of another one.
   *
   * @param augmentation what to do
   * @param shape of the images
   * @param seed where the random numbers start
   * @param ground of what comes in from outside, and of what is cut out
   * @param numbers of a set's images in the other one, which tell what is done to them
   */
  public Augmenter(
      Augmentation augmentation,
      Shape shape,
      long seed,
      FillColor ground,
      IntUnaryOperator numbers) {
    this.augmentation = augmentation;
    this.ground = ground;
    this.numbers = numbers;
    this.shape = shape;
    this.seed = seed;
    wholePixels = augmentation.movesWholePixels();
    resampler = wholePixels ? null : new Resampler(shape, ground);
    field =
        augmentation.elasticAlpha() == 0
            ? null
            : new ElasticField(
                shape.height(),
                shape.width(),
                augmentation.elasticAlpha(),
                augmentation.elasticSigma(),
                Resampler.UNIT);
  }

  /**
   * Changes a batch.
   *
   * @param images where the images come from
   * @param epoch number of the epoch
   * @param order positions in that set
   * @param from index in {@code order} of the batch's first image
   * @param count images of the batch
   * @param target receives them, {@code count x channels x height x width}
   * @throws IndexOutOfBoundsException if an image or its place does not exist
   */
  public void apply(ImageSet images, int epoch, int[] order, int from, int count, byte[] target) {
    Optional<byte[]> all = images.stored().array();
    byte[] one = all.isPresent() ? null : new byte[shape.size()];
    for (int i = 0; i < count; i++) {
      int image = Objects.checkIndex(order[from + i], images.count());
      int number = numbers.applyAsInt(image);
      if (one == null) {
        apply(epoch, number, all.get(), image * shape.size(), target, i * shape.size());
      } else {
        images.copy(image, one, 0);
        apply(epoch, number, one, 0, target, i * shape.size());
      }
    }
  }

  /**
   * Changes one image.
   *
   * @param epoch number of the epoch
   * @param image number of the image, which with the epoch tells what is done to it
   * @param source unsigned bytes in CHW order
   * @param from index of the image's first byte there
   * @param target receives the new image; another array, or another part of the same
   * @param to index of its first byte there
   * @throws IndexOutOfBoundsException if the arrays do not have that many bytes
   */
  public void apply(int epoch, int image, byte[] source, int from, byte[] target, int to) {
    Objects.checkFromIndexSize(from, shape.size(), source.length);
    Objects.checkFromIndexSize(to, shape.size(), target.length);
    boolean mirrored = isMirrored(epoch, image);
    draws.select(seed, epoch, image);
    if (wholePixels) {
      PlaneShift.copy(
          shape, source, from, target, to, wholeShift(RIGHT), wholeShift(DOWN), mirrored, ground);
    } else {
      resample(mirrored, source, from, target, to);
    }
    if (augmentation.cutout() > 0) {
      cutOut(target, to);
    }
  }

  /** Epochs count from 1: what is drawn for epoch 0 belongs to the image alone. */
  private boolean isMirrored(int epoch, int image) {
    return switch (augmentation.flip()) {
      case NONE -> false;
      case RANDOM -> isDrawn(epoch, image);
      case ALTERNATE -> isDrawn(0, image) == (epoch % 2 == 1);
    };
  }

  private boolean isDrawn(int epoch, int image) {
    draws.select(seed, epoch, image);
    return draws.bits(FLIP) < 0;
  }

  private int wholeShift(int draw) {
    int most = (int) augmentation.shift();
    return most == 0 ? 0 : draws.below(2 * most + 1, draw) - most;
  }

  private void resample(boolean mirrored, byte[] source, int from, byte[] target, int to) {
    map.set(
        shape.height(),
        shape.width(),
        augmentation.rotate() * draws.symmetric(ROTATE),
        1 + augmentation.scale() * draws.symmetric(SCALE),
        augmentation.shear() * draws.symmetric(SHEAR),
        augmentation.shift() * draws.symmetric(RIGHT),
        augmentation.shift() * draws.symmetric(DOWN),
        mirrored);
    if (field != null) {
      field.draw(draws, ELASTIC);
    }
    resampler.apply(map, field, source, from, target, to);
  }

  /** The square's centre is anywhere in the image, so that a part of it may lie outside. */
  private void cutOut(byte[] target, int to) {
    int side = augmentation.cutout();
    int left = draws.below(shape.width(), CUTOUT_X) - side / 2;
    int top = draws.below(shape.height(), CUTOUT_Y) - side / 2;
    int right = Math.min(shape.width(), left + side);
    int bottom = Math.min(shape.height(), top + side);
    left = Math.max(0, left);
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = Math.max(0, top); y < bottom; y++) {
        int row = to + (channel * shape.height() + y) * shape.width();
        ground.fill(target, row + left, row + right, channel);
      }
    }
  }
}
