package org.aparanet.data.augment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.aparanet.model.Shape;

/**
 * Takes an image's pixels from between those of another, by bilinear interpolation, with one colour
 * outside.
 *
 * <p>Positions are whole numbers of 2^-14 pixels: C2 makes vectors of the arithmetic with them. The
 * old image is copied into a frame of that colour first; a position that is limited to the frame
 * then needs no other check.
 */
final class Resampler {

  /**
   * The longest side of an image: at the most extreme amounts its positions reach 80,000 pixels to
   * each side, of 131,072 that an int holds.
   */
  static final int MAXIMUM_SIDE = 1 << 14;

  private static final int FRACTION = 14;

  /** The unit of positions and displacements, in pixels. */
  static final double UNIT = 1.0 / (1 << FRACTION);

  /** Weights have this many bits: two of them and a pixel fit into an int. */
  private static final int WEIGHT = 11;

  private static final int WEIGHT_MASK = (1 << WEIGHT) - 1;
  private static final int HALF = 1 << (2 * WEIGHT - 1);

  /** Reads a pixel, in the low byte, together with its right neighbour. */
  private static final VarHandle PAIR =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * Pixels of whole rows that are worked on at a time, so that what is known of them stays in the
   * cache.
   */
  private static final int BLOCK = 1024;

  private final Shape shape;

  /** The old image [C, H + 3, W + 3]: one line of the ground before and two after. */
  private final byte[] framed;

  private final int stride;
  private final int blockRows;
  private final int framedPlane;

  /** Offsets that a column adds to the positions of a row. */
  private final int[] columnX;

  private final int[] columnY;

  /** For one row: where each pixel's upper left neighbour is in the frame, and the weights. */
  private final int[] places;

  private final int[] weights;
  private final int[] quads;
  private final float[] dx;
  private final float[] dy;

  /**
   * @throws IllegalArgumentException if a side is longer than {@link #MAXIMUM_SIDE}
   */
  Resampler(Shape shape, FillColor ground) {
    if (Math.max(shape.height(), shape.width()) > MAXIMUM_SIDE) {
      throw new IllegalArgumentException(
          "images of "
              + shape
              + " cannot be resampled; a side may have at most "
              + MAXIMUM_SIDE
              + " pixels");
    }
    this.shape = shape;
    stride = shape.width() + 3;
    framedPlane = (shape.height() + 3) * stride;
    framed = new byte[Math.multiplyExact(shape.channels(), framedPlane)];
    for (int channel = 0; channel < shape.channels(); channel++) {
      ground.fill(framed, channel * framedPlane, (channel + 1) * framedPlane, channel);
    }
    blockRows = Math.min(shape.height(), Math.max(1, BLOCK / shape.width()));
    columnX = new int[shape.width()];
    columnY = new int[shape.width()];
    places = new int[blockRows * shape.width()];
    weights = new int[blockRows * shape.width()];
    quads = new int[blockRows * shape.width()];
    dx = new float[shape.width()];
    dy = new float[shape.width()];
  }

  /**
   * Makes a new image.
   *
   * @param field displacements to add to the map's positions, or null
   */
  void apply(AffineMap map, ElasticField field, byte[] source, int from, byte[] target, int to) {
    frame(source, from);
    for (int x = 0; x < columnX.length; x++) {
      columnX[x] = fixed(map.xx * x);
      columnY[x] = fixed(map.yx * x);
    }
    for (int top = 0; top < shape.height(); top += blockRows) {
      int rows = Math.min(blockRows, shape.height() - top);
      for (int row = 0; row < rows; row++) {
        int y = top + row;
        int x0 = fixed(map.xy * y + map.x0);
        int y0 = fixed(map.yy * y + map.y0);
        if (field == null) {
          locate(x0, y0, row * shape.width());
        } else {
          field.row(y, dx, dy);
          locateDisplaced(x0, y0, row * shape.width());
        }
      }
      int pixels = rows * shape.width();
      for (int channel = 0; channel < shape.channels(); channel++) {
        gather(channel * framedPlane, pixels);
        blend(quads, weights, pixels);
        store(target, to + channel * shape.plane() + top * shape.width(), pixels);
      }
    }
  }

  private void frame(byte[] source, int from) {
    int width = shape.width();
    int next = from;
    for (int channel = 0; channel < shape.channels(); channel++) {
      int row = channel * framedPlane + stride + 1;
      for (int y = 0; y < shape.height(); y++) {
        System.arraycopy(source, next, framed, row, width);
        next += width;
        row += stride;
      }
    }
  }

  /** Of a straight line of positions, those inside the frame are neighbours. */
  private void locate(int x0, int y0, int to) {
    int width = shape.width();
    int first = 0;
    int end = width;
    while (first < end && outside(x0 + columnX[first], y0 + columnY[first])) {
      first++;
    }
    while (first < end && outside(x0 + columnX[end - 1], y0 + columnY[end - 1])) {
      end--;
    }
    int corner = framedPlane - stride - 2; // the frame's last four pixels, which are ground
    Arrays.fill(places, to, to + first, corner);
    Arrays.fill(places, to + end, to + width, corner);
    int[] allX = columnX;
    int[] allY = columnY;
    int[] at = places;
    int[] weigh = weights;
    int down = stride;
    for (int x = first; x < end; x++) {
      int px = x0 + allX[x];
      int py = y0 + allY[x];
      at[to + x] = place(px, py, down);
      weigh[to + x] = weights(px, py);
    }
  }

  private boolean outside(int px, int py) {
    return px < -1 << FRACTION
        || py < -1 << FRACTION
        || px > shape.width() << FRACTION
        || py > shape.height() << FRACTION;
  }

  private void locateDisplaced(int x0, int y0, int to) {
    int endX = shape.width() << FRACTION;
    int endY = shape.height() << FRACTION;
    int[] allX = columnX;
    int[] allY = columnY;
    float[] moveX = dx;
    float[] moveY = dy;
    int[] at = places;
    int[] weigh = weights;
    int down = stride;
    for (int x = 0; x < allX.length; x++) {
      int px = Math.max(-1 << FRACTION, Math.min(x0 + allX[x] + (int) moveX[x], endX));
      int py = Math.max(-1 << FRACTION, Math.min(y0 + allY[x] + (int) moveY[x], endY));
      at[to + x] = place(px, py, down);
      weigh[to + x] = weights(px, py);
    }
  }

  /** Where in the frame the pixel to the upper left of a position is. */
  private static int place(int px, int py, int stride) {
    return ((py >> FRACTION) + 1) * stride + (px >> FRACTION) + 1;
  }

  private static int weights(int px, int py) {
    return (py >> (FRACTION - WEIGHT) & WEIGHT_MASK) << 16
        | px >> (FRACTION - WEIGHT) & WEIGHT_MASK;
  }

  private void gather(int plane, int count) {
    byte[] pixels = framed;
    int[] at = places;
    int[] gathered = quads;
    int down = stride;
    for (int i = 0; i < count; i++) {
      int place = plane + at[i];
      gathered[i] =
          (char) (short) PAIR.get(pixels, place) | (short) PAIR.get(pixels, place + down) << 16;
    }
  }

  private static void blend(int[] quads, int[] weights, int count) {
    for (int x = 0; x < count; x++) {
      int quad = quads[x];
      int wx = weights[x] & 0xFFFF;
      int wy = weights[x] >>> 16;
      int a = quad & 0xFF;
      int b = quad >>> 8 & 0xFF;
      int c = quad >>> 16 & 0xFF;
      int d = quad >>> 24;
      int upper = (a << WEIGHT) + (b - a) * wx;
      int lower = (c << WEIGHT) + (d - c) * wx;
      quads[x] = (upper << WEIGHT) + (lower - upper) * wy + HALF >> (2 * WEIGHT);
    }
  }

  private void store(byte[] target, int to, int count) {
    int[] blended = quads;
    for (int i = 0; i < count; i++) {
      target[to + i] = (byte) blended[i];
    }
  }

  private static int fixed(double pixels) {
    return (int) Math.floor(pixels / UNIT + 0.5);
  }
}
