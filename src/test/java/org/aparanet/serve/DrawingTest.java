package org.aparanet.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** How drawings become images such as those of MNIST. */
class DrawingTest {
  private static final Shape FIELD = new Shape(1, 28, 28);
  private static final int SIDE = Drawing.SIDE;

  @Test
  void anEmptyCanvasIsEmpty() {
    assertArrayEquals(new byte[784], Drawing.prepare(new byte[SIDE * SIDE], SIDE, FIELD));
  }

  @Test
  void groundThatIsNotQuiteBlackIsNotDrawn() {
    byte[] canvas = new byte[SIDE * SIDE];
    java.util.Arrays.fill(canvas, (byte) 3);

    assertArrayEquals(new byte[784], Drawing.prepare(canvas, SIDE, FIELD));
  }

  @Test
  void theLongerSideBecomesTwentyPixelsAndTheRatioStays() {
    byte[] upright = prepared(30, 200, 40, 200 + 40); // 10 wide... rows 30 to 40, 40 columns

    assertEquals(20, extent(upright, false));
    assertEquals(5, extent(upright, true));
  }

  @Test
  void whereverAndHoweverLargeItIsDrawnItComesOutTheSame() {
    byte[] small = prepared(10, 10, 50, 30);
    byte[] large = prepared(120, 150, 240, 210);

    assertArrayEquals(small, large);
  }

  @Test
  void aSymmetricDrawingStandsInTheMiddle() {
    byte[] square = prepared(0, 0, 40, 40);

    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        boolean within = y >= 4 && y < 24 && x >= 4 && x < 24;
        assertEquals(within ? 255 : 0, square[y * 28 + x] & 0xFF, y + ", " + x);
      }
    }
  }

  /** As in MNIST: not the middle of its box is centred, but that of its ink. */
  @Test
  void theCentreOfMassIsCentred() {
    byte[] canvas = new byte[SIDE * SIDE];
    fill(canvas, 100, 100, 130, 200); // a bar of 100 columns
    fill(canvas, 100, 110, 200, 130); // and a leg on the left

    byte[] image = Drawing.prepare(canvas, SIDE, FIELD);

    double[] centre = centre(image);
    assertEquals(14, centre[0], 0.5);
    assertEquals(14, centre[1], 0.5);
    assertEquals(20, extent(image, true));
    assertEquals(20, extent(image, false));
  }

  /** The ink of a comet is at its head; it may not be pushed out of the field. */
  @Test
  void theWholeDrawingStaysWithinTheField() {
    byte[] canvas = new byte[SIDE * SIDE];
    fill(canvas, 138, 0, 140, 280); // a long thin tail
    fill(canvas, 0, 0, 280, 40); // and a heavy head

    byte[] image = Drawing.prepare(canvas, SIDE, FIELD);

    assertEquals(20, extent(image, true));
    assertEquals(20, extent(image, false));
  }

  @Test
  void thinStrokesStayVisible() {
    byte[] line = prepared(20, 139, 260, 140); // one pixel wide: a fourteenth of one afterwards

    assertEquals(20, extent(line, true));
    assertEquals(1, extent(line, false));
    assertEquals(255, line[14 * 28 + 14] & 0xFF);
  }

  @Test
  void edgesAreAntiAliased() {
    byte[] canvas = new byte[SIDE * SIDE];
    for (int y = 0; y < 200; y++) { // a triangle
      fill(canvas, 40 + y, 40, 41 + y, 41 + y);
    }

    byte[] image = Drawing.prepare(canvas, SIDE, FIELD);

    int between = 0;
    for (byte pixel : image) {
      between += (pixel & 0xFF) > 40 && (pixel & 0xFF) < 215 ? 1 : 0;
    }
    assertTrue(between >= 15, between + " pixels of the slope are between black and white");
  }

  @Test
  void fieldsOfOtherSizesAreFilledByTheSameShare() {
    byte[] canvas = new byte[SIDE * SIDE];
    fill(canvas, 0, 0, 40, 40);

    byte[] image = Drawing.prepare(canvas, SIDE, new Shape(1, 14, 28));

    int rows = 0;
    for (int y = 0; y < 14; y++) {
      rows += image[y * 28 + 14] != 0 ? 1 : 0;
    }
    assertEquals(10, rows);
  }

  /** A filled rectangle, prepared; the last row and column are outside. */
  private static byte[] prepared(int top, int left, int bottom, int right) {
    byte[] canvas = new byte[SIDE * SIDE];
    fill(canvas, top, left, bottom, right);
    return Drawing.prepare(canvas, SIDE, FIELD);
  }

  private static void fill(byte[] canvas, int top, int left, int bottom, int right) {
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        canvas[y * SIDE + x] = -1;
      }
    }
  }

  /** Rows or columns from the first that has ink to the last. */
  private static int extent(byte[] image, boolean rows) {
    int first = Integer.MAX_VALUE;
    int last = -1;
    for (int i = 0; i < image.length; i++) {
      if (image[i] != 0) {
        int place = rows ? i / 28 : i % 28;
        first = Math.min(first, place);
        last = Math.max(last, place);
      }
    }
    return last - first + 1;
  }

  private static double[] centre(byte[] image) {
    double mass = 0;
    double[] moment = new double[2];
    for (int i = 0; i < image.length; i++) {
      int value = image[i] & 0xFF;
      mass += value;
      moment[0] += value * (i / 28 + 0.5);
      moment[1] += value * (i % 28 + 0.5);
    }
    return new double[] {moment[0] / mass, moment[1] / mass};
  }
}
