package org.aparanet.data.image;

import org.aparanet.model.Shape;

/** How a stored picture is turned or mirrored before it is shown, as EXIF numbers it from 1. */
public enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  TURNED_HALF(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  TURNED_RIGHT(true, false, true),
  TRANSVERSED(true, true, true),
  TURNED_LEFT(true, true, false);

  private final boolean swapped;
  private final boolean fromRight;
  private final boolean fromBelow;

  /**
   * @param swapped whether stored rows are columns of what is shown
   * @param fromRight whether stored columns are taken from the last one on
   * @param fromBelow whether stored rows are taken from the last one on
   */
  Orientation(boolean swapped, boolean fromRight, boolean fromBelow) {
    this.swapped = swapped;
    this.fromRight = fromRight;
    this.fromBelow = fromBelow;
  }

  /** The orientation of a number in EXIF; upright if there is none of that number. */
  static Orientation of(long number) {
    return number >= 1 && number <= values().length ? values()[(int) number - 1] : UPRIGHT;
  }

  /** Whether width and height are those of the other one in the stored picture. */
  public boolean swapsSides() {
    return swapped;
  }

  /** The shape of a stored picture that is shown in a shape. */
  public Shape stored(Shape shown) {
    return swapped ? new Shape(shown.channels(), shown.width(), shown.height()) : shown;
  }

  /**
   * Turns a stored picture.
   *
   * @param pixels [C, H, W] in the shape that {@link #stored} gives; not changed
   * @param shown what the result has
   * @return [C, H, W] as it is shown
   */
  public byte[] turn(byte[] pixels, Shape shown) {
    if (this == UPRIGHT) {
      return pixels;
    }
    int height = stored(shown).height();
    int width = stored(shown).width();
    byte[] turned = new byte[pixels.length];
    for (int i = 0; i < turned.length; i++) {
      int x = i % shown.width();
      int y = i / shown.width() % shown.height();
      int row = swapped ? x : y;
      int column = swapped ? y : x;
      int from = (fromBelow ? height - 1 - row : row) * width;
      from += fromRight ? width - 1 - column : column;
      turned[i] = pixels[i / shown.plane() * shown.plane() + from];
    }
    return turned;
  }
}
