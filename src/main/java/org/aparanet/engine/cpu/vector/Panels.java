package org.aparanet.engine.cpu.vector;

/**
 * Packed weights of a correlation, in the order of its tiles' loads: panels of a few neighbouring
 * outputs. A panel of n outputs from output m has offset m * (taps + 1):
 *
 * <pre>
 * row 0:     their n biases, or zeros
 * row k + 1: their n weights of tap k
 * </pre>
 *
 * <p>The weights of a tile for a tap are contiguous, and have one bounds check.
 */
public final class Panels {
  private Panels() {}

  /**
   * Outputs of the next panel: the widest; for the last ones two behind panels of four, and four
   * behind panels of six. Surplus outputs of the last panel have the weights of the last one.
   *
   * @param rest outputs that have no panel yet
   * @param widest 4 or 6
   */
  public static int width(int rest, int widest) {
    if (widest == 4) {
      return rest >= 4 ? 4 : 2;
    }
    return rest > 8 || rest == 6 || rest == 5 ? 6 : 4; // seven and eight are four and four
  }

  /** Floats of a correlation's panels. */
  public static int size(Correlation c) {
    return Math.multiplyExact(c.outputs() + 3, c.tap().length + 1);
  }

  /**
   * @param bias holds the bias
   * @param panels receives all panels
   */
  public static void pack(
      Correlation c, int widest, float[] weights, float[] bias, float[] panels) {
    int taps = c.tap().length;
    int width;
    for (int m = 0; m < c.outputs(); m += width) {
      width = width(c.outputs() - m, widest);
      for (int n = 0; n < width; n++) {
        int output = Math.min(m + n, c.outputs() - 1);
        int row = c.weight() + output * c.weightStride();
        int at = m * (taps + 1) + n;
        panels[at] = c.bias() < 0 ? 0f : bias[c.bias() + output];
        for (int k = 0; k < taps; k++) {
          at += width;
          panels[at] = weights[row + c.weightTap()[k]];
        }
      }
    }
  }
}
