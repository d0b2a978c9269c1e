package org.aparanet.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of products over taps, on vectors of images: a tile of sums for a panel of outputs ({@link
 * Panels}) at a few positions stays in registers over all taps.
 *
 * <p>Four outputs at four positions take 16 registers for their sums, and some for inputs and
 * weights, which suits processors with 32. Where there are 16, six outputs at two positions take
 * 12, and leave four for two inputs and the weights that the compiler loads in advance. Both load
 * each vector for at least two multiply-adds, so that loads are no bottleneck.
 *
 * <p>Surplus outputs and positions of a tile repeat the last one, which is computed and written
 * more than once.
 */
final class VectorCorrelation {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final boolean MANY_REGISTERS = VectorLaneOperations.MANY_REGISTERS;

  /** Outputs of the widest tile. */
  static final int WIDEST = MANY_REGISTERS ? 4 : 6;

  private VectorCorrelation() {}

  /** See {@link LaneOperations#correlate}. */
  static void correlate(
      Correlation c, int from, int to, float[] panels, float[] memory, boolean relu) {
    int last = to - 1;
    for (int p = from; p <= last; p += 4) {
      int p1 = Math.min(p + 1, last);
      int p2 = Math.min(p + 2, last);
      int p3 = Math.min(p + 3, last);
      fourPositions(c, p, p1, p2, p3, panels, memory);
      if (relu) {
        clearNegative(c, p, memory);
        clearNegative(c, p1, memory);
        clearNegative(c, p2, memory);
        clearNegative(c, p3, memory);
      }
    }
  }

  /** All outputs at four positions. */
  static void fourPositions(
      Correlation c, int p0, int p1, int p2, int p3, float[] panels, float[] memory) {
    int width;
    for (int m = 0; m < c.outputs(); m += width) {
      width = Panels.width(c.outputs() - m, WIDEST);
      if (MANY_REGISTERS) {
        if (width == 4) {
          fourByFour(c, m, p0, p1, p2, p3, panels, memory);
        } else {
          twoByFour(c, m, p0, p1, p2, p3, panels, memory);
        }
      } else if (width == 6) {
        sixByTwo(c, m, p0, p1, panels, memory);
        sixByTwo(c, m, p2, p3, panels, memory);
      } else {
        fourByTwo(c, m, p0, p1, panels, memory);
        fourByTwo(c, m, p2, p3, panels, memory);
      }
    }
  }

  /** ReLU of all outputs of a position, which are still in the cache. */
  private static void clearNegative(Correlation c, int p, float[] memory) {
    FloatVector zero = FloatVector.zero(SPECIES);
    int at = c.out()[p];
    for (int m = 0; m < c.outputs(); m++, at += c.outStride()) {
      FloatVector x = FloatVector.fromArray(SPECIES, memory, at);
      VectorMask<Float> negative = x.compare(VectorOperators.LT, zero); // a NaN stays
      x.blend(zero, negative).intoArray(memory, at);
    }
  }

  /** Four outputs at four positions. */
  private static void fourByFour(
      Correlation c, int m, int p0, int p1, int p2, int p3, float[] panels, float[] memory) {
    int[] taps = c.tap();
    int i0 = c.in()[p0];
    int i1 = c.in()[p1];
    int i2 = c.in()[p2];
    int i3 = c.in()[p3];
    int panel = m * (taps.length + 1);
    FloatVector s00 = FloatVector.broadcast(SPECIES, panels[panel]);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, panels[panel + 1]);
    FloatVector s11 = s10;
    FloatVector s12 = s10;
    FloatVector s13 = s10;
    FloatVector s20 = FloatVector.broadcast(SPECIES, panels[panel + 2]);
    FloatVector s21 = s20;
    FloatVector s22 = s20;
    FloatVector s23 = s20;
    FloatVector s30 = FloatVector.broadcast(SPECIES, panels[panel + 3]);
    FloatVector s31 = s30;
    FloatVector s32 = s30;
    FloatVector s33 = s30;
    panel += 4;
    for (int k = 0; k < taps.length; k++) {
      int tap = taps[k];
      int at = panel + 4 * k;
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, i0 + tap);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, i1 + tap);
      FloatVector x2 = FloatVector.fromArray(SPECIES, memory, i2 + tap);
      FloatVector x3 = FloatVector.fromArray(SPECIES, memory, i3 + tap);
      FloatVector w = FloatVector.broadcast(SPECIES, panels[at]);
      s00 = x0.fma(w, s00);
      s01 = x1.fma(w, s01);
      s02 = x2.fma(w, s02);
      s03 = x3.fma(w, s03);
      w = FloatVector.broadcast(SPECIES, panels[at + 1]);
      s10 = x0.fma(w, s10);
      s11 = x1.fma(w, s11);
      s12 = x2.fma(w, s12);
      s13 = x3.fma(w, s13);
      w = FloatVector.broadcast(SPECIES, panels[at + 2]);
      s20 = x0.fma(w, s20);
      s21 = x1.fma(w, s21);
      s22 = x2.fma(w, s22);
      s23 = x3.fma(w, s23);
      w = FloatVector.broadcast(SPECIES, panels[at + 3]);
      s30 = x0.fma(w, s30);
      s31 = x1.fma(w, s31);
      s32 = x2.fma(w, s32);
      s33 = x3.fma(w, s33);
    }
    int last = (c.outputs() - 1) * c.outStride();
    int up = m * c.outStride();
    int o0 = c.out()[p0];
    int o1 = c.out()[p1];
    int o2 = c.out()[p2];
    int o3 = c.out()[p3];
    s00.intoArray(memory, o0 + up);
    s01.intoArray(memory, o1 + up);
    s02.intoArray(memory, o2 + up);
    s03.intoArray(memory, o3 + up);
    up = Math.min(up + c.outStride(), last);
    s10.intoArray(memory, o0 + up);
    s11.intoArray(memory, o1 + up);
    s12.intoArray(memory, o2 + up);
    s13.intoArray(memory, o3 + up);
    up = Math.min(up + c.outStride(), last);
    s20.intoArray(memory, o0 + up);
    s21.intoArray(memory, o1 + up);
    s22.intoArray(memory, o2 + up);
    s23.intoArray(memory, o3 + up);
    up = Math.min(up + c.outStride(), last);
    s30.intoArray(memory, o0 + up);
    s31.intoArray(memory, o1 + up);
    s32.intoArray(memory, o2 + up);
    s33.intoArray(memory, o3 + up);
  }

  /** The last one or two outputs at four positions. */
  private static void twoByFour(
      Correlation c, int m, int p0, int p1, int p2, int p3, float[] panels, float[] memory) {
    int[] taps = c.tap();
    int i0 = c.in()[p0];
    int i1 = c.in()[p1];
    int i2 = c.in()[p2];
    int i3 = c.in()[p3];
    int panel = m * (taps.length + 1);
    FloatVector s00 = FloatVector.broadcast(SPECIES, panels[panel]);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, panels[panel + 1]);
    FloatVector s11 = s10;
    FloatVector s12 = s10;
    FloatVector s13 = s10;
    panel += 2;
    for (int k = 0; k < taps.length; k++) {
      int tap = taps[k];
      int at = panel + 2 * k;
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, i0 + tap);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, i1 + tap);
      FloatVector x2 = FloatVector.fromArray(SPECIES, memory, i2 + tap);
      FloatVector x3 = FloatVector.fromArray(SPECIES, memory, i3 + tap);
      FloatVector w = FloatVector.broadcast(SPECIES, panels[at]);
      s00 = x0.fma(w, s00);
      s01 = x1.fma(w, s01);
      s02 = x2.fma(w, s02);
      s03 = x3.fma(w, s03);
      w = FloatVector.broadcast(SPECIES, panels[at + 1]);
      s10 = x0.fma(w, s10);
      s11 = x1.fma(w, s11);
      s12 = x2.fma(w, s12);
      s13 = x3.fma(w, s13);
    }
    int last = (c.outputs() - 1) * c.outStride();
    int up = m * c.outStride();
    int o0 = c.out()[p0];
    int o1 = c.out()[p1];
    int o2 = c.out()[p2];
    int o3 = c.out()[p3];
    s00.intoArray(memory, o0 + up);
    s01.intoArray(memory, o1 + up);
    s02.intoArray(memory, o2 + up);
    s03.intoArray(memory, o3 + up);
    up = Math.min(up + c.outStride(), last);
    s10.intoArray(memory, o0 + up);
    s11.intoArray(memory, o1 + up);
    s12.intoArray(memory, o2 + up);
    s13.intoArray(memory, o3 + up);
  }

  /** Six outputs at two positions. */
  private static void sixByTwo(
      Correlation c, int m, int p0, int p1, float[] panels, float[] memory) {
    int[] taps = c.tap();
    int i0 = c.in()[p0];
    int i1 = c.in()[p1];
    int panel = m * (taps.length + 1);
    FloatVector s00 = FloatVector.broadcast(SPECIES, panels[panel]);
    FloatVector s01 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, panels[panel + 1]);
    FloatVector s11 = s10;
    FloatVector s20 = FloatVector.broadcast(SPECIES, panels[panel + 2]);
    FloatVector s21 = s20;
    FloatVector s30 = FloatVector.broadcast(SPECIES, panels[panel + 3]);
    FloatVector s31 = s30;
    FloatVector s40 = FloatVector.broadcast(SPECIES, panels[panel + 4]);
    FloatVector s41 = s40;
    FloatVector s50 = FloatVector.broadcast(SPECIES, panels[panel + 5]);
    FloatVector s51 = s50;
    panel += 6;
    for (int k = 0; k < taps.length; k++) {
      int tap = taps[k];
      int at = panel + 6 * k;
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, i0 + tap);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, i1 + tap);
      FloatVector w = FloatVector.broadcast(SPECIES, panels[at]);
      s00 = x0.fma(w, s00);
      s01 = x1.fma(w, s01);
      w = FloatVector.broadcast(SPECIES, panels[at + 1]);
      s10 = x0.fma(w, s10);
      s11 = x1.fma(w, s11);
      w = FloatVector.broadcast(SPECIES, panels[at + 2]);
      s20 = x0.fma(w, s20);
      s21 = x1.fma(w, s21);
      w = FloatVector.broadcast(SPECIES, panels[at + 3]);
      s30 = x0.fma(w, s30);
      s31 = x1.fma(w, s31);
      w = FloatVector.broadcast(SPECIES, panels[at + 4]);
      s40 = x0.fma(w, s40);
      s41 = x1.fma(w, s41);
      w = FloatVector.broadcast(SPECIES, panels[at + 5]);
      s50 = x0.fma(w, s50);
      s51 = x1.fma(w, s51);
    }
    int last = (c.outputs() - 1) * c.outStride();
    int up = m * c.outStride();
    int o0 = c.out()[p0];
    int o1 = c.out()[p1];
    s00.intoArray(memory, o0 + up);
    s01.intoArray(memory, o1 + up);
    up = Math.min(up + c.outStride(), last);
    s10.intoArray(memory, o0 + up);
    s11.intoArray(memory, o1 + up);
    up = Math.min(up + c.outStride(), last);
    s20.intoArray(memory, o0 + up);
    s21.intoArray(memory, o1 + up);
    up = Math.min(up + c.outStride(), last);
    s30.intoArray(memory, o0 + up);
    s31.intoArray(memory, o1 + up);
    up = Math.min(up + c.outStride(), last);
    s40.intoArray(memory, o0 + up);
    s41.intoArray(memory, o1 + up);
    up = Math.min(up + c.outStride(), last);
    s50.intoArray(memory, o0 + up);
    s51.intoArray(memory, o1 + up);
  }

  /** The last outputs at two positions. */
  private static void fourByTwo(
      Correlation c, int m, int p0, int p1, float[] panels, float[] memory) {
    int[] taps = c.tap();
    int i0 = c.in()[p0];
    int i1 = c.in()[p1];
    int panel = m * (taps.length + 1);
    FloatVector s00 = FloatVector.broadcast(SPECIES, panels[panel]);
    FloatVector s01 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, panels[panel + 1]);
    FloatVector s11 = s10;
    FloatVector s20 = FloatVector.broadcast(SPECIES, panels[panel + 2]);
    FloatVector s21 = s20;
    FloatVector s30 = FloatVector.broadcast(SPECIES, panels[panel + 3]);
    FloatVector s31 = s30;
    panel += 4;
    for (int k = 0; k < taps.length; k++) {
      int tap = taps[k];
      int at = panel + 4 * k;
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, i0 + tap);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, i1 + tap);
      FloatVector w = FloatVector.broadcast(SPECIES, panels[at]);
      s00 = x0.fma(w, s00);
      s01 = x1.fma(w, s01);
      w = FloatVector.broadcast(SPECIES, panels[at + 1]);
      s10 = x0.fma(w, s10);
      s11 = x1.fma(w, s11);
      w = FloatVector.broadcast(SPECIES, panels[at + 2]);
      s20 = x0.fma(w, s20);
      s21 = x1.fma(w, s21);
      w = FloatVector.broadcast(SPECIES, panels[at + 3]);
      s30 = x0.fma(w, s30);
      s31 = x1.fma(w, s31);
    }
    int last = (c.outputs() - 1) * c.outStride();
    int up = m * c.outStride();
    int o0 = c.out()[p0];
    int o1 = c.out()[p1];
    s00.intoArray(memory, o0 + up);
    s01.intoArray(memory, o1 + up);
    up = Math.min(up + c.outStride(), last);
    s10.intoArray(memory, o0 + up);
    s11.intoArray(memory, o1 + up);
    up = Math.min(up + c.outStride(), last);
    s20.intoArray(memory, o0 + up);
    s21.intoArray(memory, o1 + up);
    up = Math.min(up + c.outStride(), last);
    s30.intoArray(memory, o0 + up);
    s31.intoArray(memory, o1 + up);
  }
}
