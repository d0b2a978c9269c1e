package org.aparanet.data.augment;

/**
 * Where the pixels of a changed image come from: an affine map from positions in the new image to
 * positions in the old one, with x to the right and y down in pixels.
 *
 * <p>Forth, an image is mirrored, sheared, scaled, rotated (all about its centre) and moved. With
 *
 * <pre>
 * A = rotation * factor * [1 tan(shear); 0 1] * [mirror 0; 0 1]
 * new = A (old - centre) + centre + shift
 * </pre>
 *
 * this is the way back, {@code old = A^-1 (new - centre - shift) + centre}.
 */
final class AffineMap {
  /** {@code oldX = xx * newX + xy * newY + x0}, and y likewise. */
  double xx;

  double xy;
  double x0;
  double yx;
  double yy;
  double y0;

  /**
   * Sets the map.
   *
   * @param rotation in degrees
   * @param factor of the size
   * @param shear in degrees
   * @param right pixels to the right
   * @param down pixels down
   */
  void set(
      int height,
      int width,
      double rotation,
      double factor,
      double shear,
      double right,
      double down,
      boolean mirrored) {
    // StrictMath, unlike Math, gives every machine the same bits
    double cosine = StrictMath.cos(StrictMath.toRadians(rotation)) / factor;
    double sine = StrictMath.sin(StrictMath.toRadians(rotation)) / factor;
    double slant = shear == 0 ? 0 : StrictMath.tan(StrictMath.toRadians(shear));
    double mirror = mirrored ? -1 : 1;
    xx = mirror * (cosine + slant * sine);
    xy = mirror * (sine - slant * cosine);
    yx = -sine;
    yy = cosine;
    double centreX = (width - 1) / 2.0;
    double centreY = (height - 1) / 2.0;
    x0 = centreX - xx * (centreX + right) - xy * (centreY + down);
    y0 = centreY - yx * (centreX + right) - yy * (centreY + down);
  }
}
