package org.aparanet.model;

/** The arithmetic of a window that slides over an image, shared by convolution and pooling. */
final class Window {
  private Window() {}

  static void check(String layer, int height, int width, int stride) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          layer + " has size " + height + "x" + width + "; each side must be at least 1");
    }
    if (stride < 1) {
      throw new IllegalArgumentException(
          layer + " has stride " + stride + "; it must be at least 1");
    }
  }

  /**
   * Positions of a window of the given size along one side; a last, partial position is dropped.
   */
  static int positions(String layer, String side, int input, int size, int stride, int padding) {
    long room = (long) input + 2L * padding - size;
    if (room < 0) {
      throw new IllegalArgumentException(
          layer
              + " of size "
              + size
              + " does not fit into an input of "
              + side
              + " "
              + input
              + (padding == 0 ? "" : " padded by " + padding));
    }
    return (int) (room / stride) + 1;
  }
}
