package org.aparanet.data.augment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How training images are changed at random: a description, which {@link Augmenter} carries out. An
 * amount of 0 leaves its change out.
 *
 * @param shift the most pixels by which an image is moved in each direction, 0 to 100
 * @param rotate the largest angle in degrees by which it is turned, 0 to 180
 * @param scale the most by which its size changes, as a part of it, 0 to 0.5
 * @param shear the largest angle in degrees by which its columns are slanted, 0 to 60
 * @param elasticAlpha strength of the elastic deformation, 0 to 10000: the factor α of Simard,
 *     Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual
 *     document analysis", ICDAR 2003
 * @param elasticSigma its smoothness in pixels, 1 to 100: their σ; 0 if α is 0
 * @param flip which images are mirrored left to right
 * @param cutout the side in pixels of a square that is set to 0, 0 to 1000: DeVries and Taylor,
 *     "Improved regularization of convolutional neural networks with Cutout", 2017
 */
public record Augmentation(
    double shift,
    double rotate,
    double scale,
    double shear,
    double elasticAlpha,
    double elasticSigma,
    Flip flip,
    int cutout) {

  /** Which images are mirrored left to right. */
  public enum Flip {
    /** None. */
    NONE,
    /** Each one at random, every other time. */
    RANDOM,
    /** Each one in every other epoch; half of the images, at random, in the first one. */
    ALTERNATE
  }

  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, 0, Flip.NONE, 0);

  static final double MAXIMUM_SHIFT = 100;
  static final double MAXIMUM_ROTATE = 180;
  static final double MAXIMUM_SCALE = 0.5;
  static final double MAXIMUM_SHEAR = 60;
  static final double MAXIMUM_ALPHA = 10_000;
  static final double MINIMUM_SIGMA = 1;
  static final double MAXIMUM_SIGMA = 100;
  static final int MAXIMUM_CUTOUT = 1000;

  /**
   * Checks the values.
   *
   * @param shift the most pixels by which an image is moved in each direction, 0 to 100
   * @param rotate the largest angle in degrees by which it is turned, 0 to 180
   * @param scale the most by which its size changes, as a part of it, 0 to 0.5
   * @param shear the largest angle in degrees by which its columns are slanted, 0 to 60
   * @param elasticAlpha strength of the elastic deformation, 0 to 10000: the factor α of Simard,
   *     Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual
   *     document analysis", ICDAR 2003
   * @param elasticSigma its smoothness in pixels, 1 to 100: their σ; 0 if α is 0
   * @param flip which images are mirrored left to right
   * @param cutout the side in pixels of a square that is set to 0, 0 to 1000: DeVries and Taylor,
   *     "Improved regularization of convolutional neural networks with Cutout", 2017
   * @throws IllegalArgumentException if an amount is outside its limits
   */
  public Augmentation {
    require("shift", shift, 0, MAXIMUM_SHIFT);
    require("rotate", rotate, 0, MAXIMUM_ROTATE);
    require("scale", scale, 0, MAXIMUM_SCALE);
    require("shear", shear, 0, MAXIMUM_SHEAR);
    require("the elastic deformation's alpha", elasticAlpha, 0, MAXIMUM_ALPHA);
    if (elasticAlpha == 0) {
      elasticSigma = 0; // so that equal descriptions are equal records
    } else {
      require("the elastic deformation's sigma", elasticSigma, MINIMUM_SIGMA, MAXIMUM_SIGMA);
    }
    Objects.requireNonNull(flip, "flip");
    require("cutout", cutout, 0, MAXIMUM_CUTOUT);
  }

  /**
   * Reads a description such as {@code shift 2, rotate 10, scale 0.1, elastic 8 3, flip, cutout 8},
   * or {@code none}. The grammar stands in {@code docs/augmentation.md}.
   *
   * @param text of the changes
   * @return the changes
   * @throws IllegalArgumentException with one sentence that names the word, its position (counted
   *     from 1) and what is allowed there
   */
  public static Augmentation parse(String text) {
    return AugmentationText.parse(text);
  }

  /**
   * {@return the description as {@link #parse} reads it: in the order of the components, or {@code
   * none}}
   */
  public String text() {
    List<String> changes = new ArrayList<>();
    add(changes, "shift", shift);
    add(changes, "rotate", rotate);
    add(changes, "scale", scale);
    add(changes, "shear", shear);
    if (elasticAlpha > 0) {
      changes.add("elastic " + plain(elasticAlpha) + " " + plain(elasticSigma));
    }
    if (flip != Flip.NONE) {
      changes.add(flip == Flip.RANDOM ? "flip" : "flip alternate");
    }
    add(changes, "cutout", cutout);
    return changes.isEmpty() ? "none" : String.join(", ", changes);
  }

  /** {@return whether it leaves every image as it is} */
  public boolean isNone() {
    return equals(NONE);
  }

  /** As {@link #text}. */
  @Override
  public String toString() {
    return text();
  }

  /**
   * Whether pixels only change places. Then a shift by a whole number draws whole pixels, and
   * nothing is blurred; an image that is resampled anyway may as well be moved by any amount.
   */
  boolean movesWholePixels() {
    boolean deforms = rotate > 0 || scale > 0 || shear > 0 || elasticAlpha > 0;
    return !deforms && shift == Math.rint(shift);
  }

  private static void add(List<String> changes, String word, double amount) {
    if (amount > 0) {
      changes.add(word + " " + plain(amount));
    }
  }

  static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  private static void require(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) { // neither does NaN pass
      throw new IllegalArgumentException(
          what + " is " + value + "; allowed are " + plain(least) + " to " + plain(most));
    }
  }
}
