package org.aparanet.engine.cpu.vector;

import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Gradients of filters on vectors of images: a tile of sums for a few outputs and taps stays in
 * registers over all positions. Its inputs overlap, and are in the first-level cache.
 *
 * <p>With 32 registers a tile has three outputs by nine taps; behind a max-pool two by nine, and
 * the window's gradient and maximum. With 16 registers it has four outputs by three taps, or six by
 * two where enough taps reuse the gradients of the six that these are packed first, position by
 * position: then one index addresses them. A max-pool's window is expanded before that.
 *
 * <p>Missing outputs and taps of a tile repeat the last one.
 */
final class VectorFilterGradients {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final boolean MANY_REGISTERS = VectorLaneOperations.MANY_REGISTERS;

  /** Most taps for which gradients are not packed. */
  private static final int FEW_TAPS = 12;

  private final float[] sums = new float[27 * LANES]; // of a tile, [outputs, taps]
  private float[] packed = new float[0]; // gradients, [positions, outputs] or [outputs, positions]
  private int[] positions = new int[0]; // offsets of those of one output

  /** See {@link LaneOperations#correlateGradient}. */
  void direct(
      Correlation c,
      int[] dOut,
      int dOutStride,
      int from,
      int to,
      float[] memory,
      float[] d,
      float[] gradient,
      boolean accumulate) {
    // outer loop over m: its gradients of the outputs stay in the cache over all taps
    int width;
    for (int m = from; m < to; m += width) {
      width = width(c, to - m);
      int outputs = Math.min(width, to - m);
      if (MANY_REGISTERS || few(c)) {
        tiles(c, dOut, dOutStride, m * dOutStride, m, outputs, memory, d, gradient, accumulate);
      } else {
        makeRoom(c);
        for (int a = 0; a < width; a++) {
          int plane = Math.min(m + a, c.outputs() - 1) * dOutStride;
          pack(dOut, plane, d, packed, a * LANES, width * LANES);
        }
        packedTiles(c, width, m, outputs, memory, gradient, accumulate);
      }
    }
    bias(c, dOut, dOutStride, from, to, d, gradient, accumulate);
  }

  /** See {@link LaneOperations#correlateAndPoolGradient}. */
  void pooled(
      Correlation c,
      Pooling p,
      int from,
      int to,
      float[] memory,
      float[] argmax,
      float[] gradient,
      boolean accumulate) {
    if (MANY_REGISTERS) {
      for (int m = from; m < to; m += 2) {
        for (int k = 0; k < c.tap().length; k += 9) {
          pooledTwoByNine(c, p, m, k, memory, argmax, sums);
          fold(c, m, Math.min(2, to - m), k, 9, gradient, accumulate);
        }
      }
    } else {
      pooledInParts(c, p, from, to, memory, argmax, gradient, accumulate);
    }
    bias(c, p.dOut(), p.dOutStride(), from, to, memory, gradient, accumulate);
  }

  private void pooledInParts(
      Correlation c,
      Pooling p,
      int from,
      int to,
      float[] memory,
      float[] argmax,
      float[] gradient,
      boolean accumulate) {
    makeRoom(c);
    int plane = c.in().length * LANES;
    int width;
    for (int m = from; m < to; m += width) {
      width = width(c, to - m);
      int outputs = Math.min(width, to - m);
      for (int a = 0; a < width; a++) {
        int output = Math.min(m + a, c.outputs() - 1);
        if (few(c)) {
          packWindows(p, output, memory, argmax, packed, a * plane, LANES);
        } else {
          packWindows(p, output, memory, argmax, packed, a * LANES, width * LANES);
        }
      }
      if (few(c)) {
        tiles(c, positions, plane, 0, m, outputs, memory, packed, gradient, accumulate);
      } else {
        packedTiles(c, width, m, outputs, memory, gradient, accumulate);
      }
    }
  }

  private static boolean few(Correlation c) {
    return c.tap().length <= FEW_TAPS;
  }

  /** Outputs of the next tile, if there are {@code rest} without one. */
  private static int width(Correlation c, int rest) {
    if (MANY_REGISTERS) {
      return 3;
    }
    return few(c) ? 4 : Panels.width(rest, 6);
  }

  private static int packedFloats(Correlation c) {
    return 6 * c.in().length * LANES;
  }

  /** See {@link LaneOperations#gradientScratch}. */
  static int scratch(Correlation c, boolean pooled) {
    boolean packs = !MANY_REGISTERS && (pooled || !few(c));
    return packs ? packedFloats(c) : 0;
  }

  private void makeRoom(Correlation c) {
    int count = c.in().length;
    if (positions.length < count) {
      positions = IntStream.range(0, count).map(i -> i * LANES).toArray();
      packed = new float[packedFloats(c)];
    }
  }

  /**
   * All gradients of the weights of a few outputs.
   *
   * @param from distance of the first output's gradients from {@code dOut}
   */
  private void tiles(
      Correlation c,
      int[] dOut,
      int dOutStride,
      int from,
      int m,
      int outputs,
      float[] memory,
      float[] d,
      float[] gradient,
      boolean accumulate) {
    int taps = MANY_REGISTERS ? 9 : 3;
    for (int k = 0; k < c.tap().length; k += taps) {
      if (MANY_REGISTERS) {
        threeByNine(c, dOut, dOutStride, from, outputs, k, memory, d, sums);
      } else {
        fourByThree(c, dOut, dOutStride, from, outputs, k, memory, d, sums);
      }
      fold(c, m, outputs, k, taps, gradient, accumulate);
    }
  }

  /** All gradients of the weights of a few outputs, whose own gradients are packed. */
  private void packedTiles(
      Correlation c,
      int width,
      int m,
      int outputs,
      float[] memory,
      float[] gradient,
      boolean accumulate) {
    for (int k = 0; k < c.tap().length; k += 2) {
      if (width == 6) {
        sixByTwo(c, k, memory, packed, sums);
      } else {
        fourByTwo(c, k, memory, packed, sums);
      }
      fold(c, m, outputs, k, 2, gradient, accumulate);
    }
  }

  /** Packs the gradients of one output. */
  private static void pack(int[] dOut, int plane, float[] d, float[] packed, int to, int step) {
    for (int p = 0; p < dOut.length; p++) {
      FloatVector.fromArray(SPECIES, d, dOut[p] + plane).intoArray(packed, to + p * step);
    }
  }

  /** Packs the gradients of one output: a window's at its first maximum, and zeros elsewhere. */
  private static void packWindows(
      Pooling p, int output, float[] memory, float[] argmax, float[] packed, int to, int step) {
    int[] dOut = p.dOut();
    int plane = output * p.dOutStride();
    int at = output * dOut.length * LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int w = 0; w < dOut.length; w++) {
      FloatVector whole = FloatVector.fromArray(SPECIES, memory, dOut[w] + plane);
      FloatVector maximum = FloatVector.fromArray(SPECIES, argmax, at + w * LANES);
      int own = to + 4 * w * step;
      zero.blend(whole, maximum.compare(VectorOperators.EQ, 0f)).intoArray(packed, own);
      zero.blend(whole, maximum.compare(VectorOperators.EQ, 1f)).intoArray(packed, own + step);
      zero.blend(whole, maximum.compare(VectorOperators.EQ, 2f)).intoArray(packed, own + 2 * step);
      zero.blend(whole, maximum.compare(VectorOperators.EQ, 3f)).intoArray(packed, own + 3 * step);
    }
  }

  /** Adds up the lanes of a tile's sums, in a fixed order: the same bits on every run. */
  private void fold(
      Correlation c, int m, int outputs, int k, int taps, float[] gradient, boolean accumulate) {
    int used = Math.min(taps, c.tap().length - k);
    for (int a = 0; a < outputs; a++) {
      int row = c.weight() + (m + a) * c.weightStride();
      for (int b = 0; b < used; b++) {
        float sum = VectorLaneOperations.sumOfLanes(sums, (taps * a + b) * LANES);
        int at = row + c.weightTap()[k + b];
        gradient[at] = accumulate ? gradient[at] + sum : sum;
      }
    }
  }

  /** See {@link LaneOperations#biasGradient}. */
  void bias(
      Correlation c,
      int[] dOut,
      int dOutStride,
      int from,
      int to,
      float[] d,
      float[] gradient,
      boolean accumulate) {
    for (int m = from; c.bias() >= 0 && m < to; m++) {
      float sum = biasGradient(m, dOut, dOutStride, d, sums);
      gradient[c.bias() + m] = accumulate ? gradient[c.bias() + m] + sum : sum;
    }
  }

  private static float biasGradient(
      int m, int[] dOut, int dOutStride, float[] memory, float[] sums) {
    FloatVector even = FloatVector.zero(SPECIES);
    FloatVector odd = even;
    int at = m * dOutStride;
    int p = 0;
    for (; p + 2 <= dOut.length; p += 2) {
      even = even.add(FloatVector.fromArray(SPECIES, memory, dOut[p] + at));
      odd = odd.add(FloatVector.fromArray(SPECIES, memory, dOut[p + 1] + at));
    }
    if (p < dOut.length) {
      even = even.add(FloatVector.fromArray(SPECIES, memory, dOut[p] + at));
    }
    even.add(odd).intoArray(sums, 0);
    return VectorLaneOperations.sumOfLanes(sums, 0);
  }

  /** Three outputs by nine taps: 27 sums. */
  private static void threeByNine(
      Correlation c,
      int[] dOut,
      int dOutStride,
      int from,
      int outputs,
      int k,
      float[] memory,
      float[] d,
      float[] sums) {
    int[] in = c.in();
    int[] taps = c.tap();
    int last = taps.length - 1;
    int t0 = taps[k];
    int t1 = taps[Math.min(k + 1, last)];
    int t2 = taps[Math.min(k + 2, last)];
    int t3 = taps[Math.min(k + 3, last)];
    int t4 = taps[Math.min(k + 4, last)];
    int t5 = taps[Math.min(k + 5, last)];
    int t6 = taps[Math.min(k + 6, last)];
    int t7 = taps[Math.min(k + 7, last)];
    int t8 = taps[Math.min(k + 8, last)];
    int d1 = Math.min(1, outputs - 1) * dOutStride;
    int d2 = Math.min(2, outputs - 1) * dOutStride;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s04 = s00;
    FloatVector s05 = s00;
    FloatVector s06 = s00;
    FloatVector s07 = s00;
    FloatVector s08 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s14 = s00;
    FloatVector s15 = s00;
    FloatVector s16 = s00;
    FloatVector s17 = s00;
    FloatVector s18 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s23 = s00;
    FloatVector s24 = s00;
    FloatVector s25 = s00;
    FloatVector s26 = s00;
    FloatVector s27 = s00;
    FloatVector s28 = s00;
    for (int p = 0; p < in.length; p++) {
      int i = in[p];
      int o = from + dOut[p];
      FloatVector y0 = FloatVector.fromArray(SPECIES, d, o);
      FloatVector y1 = FloatVector.fromArray(SPECIES, d, o + d1);
      FloatVector y2 = FloatVector.fromArray(SPECIES, d, o + d2);
      FloatVector x = FloatVector.fromArray(SPECIES, memory, i + t0);
      s00 = x.fma(y0, s00);
      s10 = x.fma(y1, s10);
      s20 = x.fma(y2, s20);
      x = FloatVector.fromArray(SPECIES, memory, i + t1);
      s01 = x.fma(y0, s01);
      s11 = x.fma(y1, s11);
      s21 = x.fma(y2, s21);
      x = FloatVector.fromArray(SPECIES, memory, i + t2);
      s02 = x.fma(y0, s02);
      s12 = x.fma(y1, s12);
      s22 = x.fma(y2, s22);
      x = FloatVector.fromArray(SPECIES, memory, i + t3);
      s03 = x.fma(y0, s03);
      s13 = x.fma(y1, s13);
      s23 = x.fma(y2, s23);
      x = FloatVector.fromArray(SPECIES, memory, i + t4);
      s04 = x.fma(y0, s04);
      s14 = x.fma(y1, s14);
      s24 = x.fma(y2, s24);
      x = FloatVector.fromArray(SPECIES, memory, i + t5);
      s05 = x.fma(y0, s05);
      s15 = x.fma(y1, s15);
      s25 = x.fma(y2, s25);
      x = FloatVector.fromArray(SPECIES, memory, i + t6);
      s06 = x.fma(y0, s06);
      s16 = x.fma(y1, s16);
      s26 = x.fma(y2, s26);
      x = FloatVector.fromArray(SPECIES, memory, i + t7);
      s07 = x.fma(y0, s07);
      s17 = x.fma(y1, s17);
      s27 = x.fma(y2, s27);
      x = FloatVector.fromArray(SPECIES, memory, i + t8);
      s08 = x.fma(y0, s08);
      s18 = x.fma(y1, s18);
      s28 = x.fma(y2, s28);
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, LANES);
    s02.intoArray(sums, 2 * LANES);
    s03.intoArray(sums, 3 * LANES);
    s04.intoArray(sums, 4 * LANES);
    s05.intoArray(sums, 5 * LANES);
    s06.intoArray(sums, 6 * LANES);
    s07.intoArray(sums, 7 * LANES);
    s08.intoArray(sums, 8 * LANES);
    s10.intoArray(sums, 9 * LANES);
    s11.intoArray(sums, 10 * LANES);
    s12.intoArray(sums, 11 * LANES);
    s13.intoArray(sums, 12 * LANES);
    s14.intoArray(sums, 13 * LANES);
    s15.intoArray(sums, 14 * LANES);
    s16.intoArray(sums, 15 * LANES);
    s17.intoArray(sums, 16 * LANES);
    s18.intoArray(sums, 17 * LANES);
    s20.intoArray(sums, 18 * LANES);
    s21.intoArray(sums, 19 * LANES);
    s22.intoArray(sums, 20 * LANES);
    s23.intoArray(sums, 21 * LANES);
    s24.intoArray(sums, 22 * LANES);
    s25.intoArray(sums, 23 * LANES);
    s26.intoArray(sums, 24 * LANES);
    s27.intoArray(sums, 25 * LANES);
    s28.intoArray(sums, 26 * LANES);
  }

  /** Four outputs by three taps: 12 sums, three inputs and one gradient, 16 registers. */
  private static void fourByThree(
      Correlation c,
      int[] dOut,
      int dOutStride,
      int from,
      int outputs,
      int k,
      float[] memory,
      float[] d,
      float[] sums) {
    int[] in = c.in();
    int[] taps = c.tap();
    int last = taps.length - 1;
    int t0 = taps[k];
    int t1 = taps[Math.min(k + 1, last)];
    int t2 = taps[Math.min(k + 2, last)];
    int d1 = Math.min(1, outputs - 1) * dOutStride;
    int d2 = Math.min(2, outputs - 1) * dOutStride;
    int d3 = Math.min(3, outputs - 1) * dOutStride;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
    for (int p = 0; p < in.length; p++) {
      int i = in[p];
      int o = from + dOut[p];
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, i + t0);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, i + t1);
      FloatVector x2 = FloatVector.fromArray(SPECIES, memory, i + t2);
      FloatVector y = FloatVector.fromArray(SPECIES, d, o);
      s00 = x0.fma(y, s00);
      s01 = x1.fma(y, s01);
      s02 = x2.fma(y, s02);
      y = FloatVector.fromArray(SPECIES, d, o + d1);
      s10 = x0.fma(y, s10);
      s11 = x1.fma(y, s11);
      s12 = x2.fma(y, s12);
      y = FloatVector.fromArray(SPECIES, d, o + d2);
      s20 = x0.fma(y, s20);
      s21 = x1.fma(y, s21);
      s22 = x2.fma(y, s22);
      y = FloatVector.fromArray(SPECIES, d, o + d3);
      s30 = x0.fma(y, s30);
      s31 = x1.fma(y, s31);
      s32 = x2.fma(y, s32);
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, LANES);
    s02.intoArray(sums, 2 * LANES);
    s10.intoArray(sums, 3 * LANES);
    s11.intoArray(sums, 4 * LANES);
    s12.intoArray(sums, 5 * LANES);
    s20.intoArray(sums, 6 * LANES);
    s21.intoArray(sums, 7 * LANES);
    s22.intoArray(sums, 8 * LANES);
    s30.intoArray(sums, 9 * LANES);
    s31.intoArray(sums, 10 * LANES);
    s32.intoArray(sums, 11 * LANES);
  }

  /** Six outputs by two taps. */
  private static void sixByTwo(Correlation c, int k, float[] memory, float[] packed, float[] sums) {
    int[] in = c.in();
    int[] taps = c.tap();
    int t0 = taps[k];
    int t1 = taps[Math.min(k + 1, taps.length - 1)];
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s40 = s00;
    FloatVector s41 = s00;
    FloatVector s50 = s00;
    FloatVector s51 = s00;
    for (int p = 0; p < in.length; p++) {
      int i = in[p];
      int at = 6 * LANES * p;
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, i + t0);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, i + t1);
      FloatVector y = FloatVector.fromArray(SPECIES, packed, at);
      s00 = x0.fma(y, s00);
      s01 = x1.fma(y, s01);
      y = FloatVector.fromArray(SPECIES, packed, at + LANES);
      s10 = x0.fma(y, s10);
      s11 = x1.fma(y, s11);
      y = FloatVector.fromArray(SPECIES, packed, at + 2 * LANES);
      s20 = x0.fma(y, s20);
      s21 = x1.fma(y, s21);
      y = FloatVector.fromArray(SPECIES, packed, at + 3 * LANES);
      s30 = x0.fma(y, s30);
      s31 = x1.fma(y, s31);
      y = FloatVector.fromArray(SPECIES, packed, at + 4 * LANES);
      s40 = x0.fma(y, s40);
      s41 = x1.fma(y, s41);
      y = FloatVector.fromArray(SPECIES, packed, at + 5 * LANES);
      s50 = x0.fma(y, s50);
      s51 = x1.fma(y, s51);
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, LANES);
    s10.intoArray(sums, 2 * LANES);
    s11.intoArray(sums, 3 * LANES);
    s20.intoArray(sums, 4 * LANES);
    s21.intoArray(sums, 5 * LANES);
    s30.intoArray(sums, 6 * LANES);
    s31.intoArray(sums, 7 * LANES);
    s40.intoArray(sums, 8 * LANES);
    s41.intoArray(sums, 9 * LANES);
    s50.intoArray(sums, 10 * LANES);
    s51.intoArray(sums, 11 * LANES);
  }

  /** The last outputs by two taps. */
  private static void fourByTwo(
      Correlation c, int k, float[] memory, float[] packed, float[] sums) {
    int[] in = c.in();
    int[] taps = c.tap();
    int t0 = taps[k];
    int t1 = taps[Math.min(k + 1, taps.length - 1)];
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    for (int p = 0; p < in.length; p++) {
      int i = in[p];
      int at = 4 * LANES * p;
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, i + t0);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, i + t1);
      FloatVector y = FloatVector.fromArray(SPECIES, packed, at);
      s00 = x0.fma(y, s00);
      s01 = x1.fma(y, s01);
      y = FloatVector.fromArray(SPECIES, packed, at + LANES);
      s10 = x0.fma(y, s10);
      s11 = x1.fma(y, s11);
      y = FloatVector.fromArray(SPECIES, packed, at + 2 * LANES);
      s20 = x0.fma(y, s20);
      s21 = x1.fma(y, s21);
      y = FloatVector.fromArray(SPECIES, packed, at + 3 * LANES);
      s30 = x0.fma(y, s30);
      s31 = x1.fma(y, s31);
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, LANES);
    s10.intoArray(sums, 2 * LANES);
    s11.intoArray(sums, 3 * LANES);
    s20.intoArray(sums, 4 * LANES);
    s21.intoArray(sums, 5 * LANES);
    s30.intoArray(sums, 6 * LANES);
    s31.intoArray(sums, 7 * LANES);
  }

  /** Two outputs by nine taps, and what the window needs: 26 registers. */
  private static void pooledTwoByNine(
      Correlation c, Pooling p, int m, int k, float[] memory, float[] argmax, float[] sums) {
    int[] in = c.in();
    int[] dOut = p.dOut();
    int[] taps = c.tap();
    int last = taps.length - 1;
    int t0 = taps[k];
    int t1 = taps[Math.min(k + 1, last)];
    int t2 = taps[Math.min(k + 2, last)];
    int t3 = taps[Math.min(k + 3, last)];
    int t4 = taps[Math.min(k + 4, last)];
    int t5 = taps[Math.min(k + 5, last)];
    int t6 = taps[Math.min(k + 6, last)];
    int t7 = taps[Math.min(k + 7, last)];
    int t8 = taps[Math.min(k + 8, last)];
    int next = Math.min(m + 1, c.outputs() - 1);
    int plane0 = m * p.dOutStride();
    int plane1 = next * p.dOutStride();
    int at0 = m * dOut.length * LANES;
    int at1 = next * dOut.length * LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s04 = s00;
    FloatVector s05 = s00;
    FloatVector s06 = s00;
    FloatVector s07 = s00;
    FloatVector s08 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s14 = s00;
    FloatVector s15 = s00;
    FloatVector s16 = s00;
    FloatVector s17 = s00;
    FloatVector s18 = s00;
    for (int w = 0; w < dOut.length; w++) {
      FloatVector maximum0 = FloatVector.fromArray(SPECIES, argmax, at0 + w * LANES);
      FloatVector maximum1 = FloatVector.fromArray(SPECIES, argmax, at1 + w * LANES);
      FloatVector whole0 = FloatVector.fromArray(SPECIES, memory, dOut[w] + plane0);
      FloatVector whole1 = FloatVector.fromArray(SPECIES, memory, dOut[w] + plane1);
      for (int t = 0; t < 4; t++) {
        int i = in[4 * w + t];
        FloatVector y0 = zero.blend(whole0, maximum0.compare(VectorOperators.EQ, (float) t));
        FloatVector y1 = zero.blend(whole1, maximum1.compare(VectorOperators.EQ, (float) t));
        FloatVector x = FloatVector.fromArray(SPECIES, memory, i + t0);
        s00 = x.fma(y0, s00);
        s10 = x.fma(y1, s10);
        x = FloatVector.fromArray(SPECIES, memory, i + t1);
        s01 = x.fma(y0, s01);
        s11 = x.fma(y1, s11);
        x = FloatVector.fromArray(SPECIES, memory, i + t2);
        s02 = x.fma(y0, s02);
        s12 = x.fma(y1, s12);
        x = FloatVector.fromArray(SPECIES, memory, i + t3);
        s03 = x.fma(y0, s03);
        s13 = x.fma(y1, s13);
        x = FloatVector.fromArray(SPECIES, memory, i + t4);
        s04 = x.fma(y0, s04);
        s14 = x.fma(y1, s14);
        x = FloatVector.fromArray(SPECIES, memory, i + t5);
        s05 = x.fma(y0, s05);
        s15 = x.fma(y1, s15);
        x = FloatVector.fromArray(SPECIES, memory, i + t6);
        s06 = x.fma(y0, s06);
        s16 = x.fma(y1, s16);
        x = FloatVector.fromArray(SPECIES, memory, i + t7);
        s07 = x.fma(y0, s07);
        s17 = x.fma(y1, s17);
        x = FloatVector.fromArray(SPECIES, memory, i + t8);
        s08 = x.fma(y0, s08);
        s18 = x.fma(y1, s18);
      }
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, LANES);
    s02.intoArray(sums, 2 * LANES);
    s03.intoArray(sums, 3 * LANES);
    s04.intoArray(sums, 4 * LANES);
    s05.intoArray(sums, 5 * LANES);
    s06.intoArray(sums, 6 * LANES);
    s07.intoArray(sums, 7 * LANES);
    s08.intoArray(sums, 8 * LANES);
    s10.intoArray(sums, 9 * LANES);
    s11.intoArray(sums, 10 * LANES);
    s12.intoArray(sums, 11 * LANES);
    s13.intoArray(sums, 12 * LANES);
    s14.intoArray(sums, 13 * LANES);
    s15.intoArray(sums, 14 * LANES);
    s16.intoArray(sums, 15 * LANES);
    s17.intoArray(sums, 16 * LANES);
    s18.intoArray(sums, 17 * LANES);
  }
}
