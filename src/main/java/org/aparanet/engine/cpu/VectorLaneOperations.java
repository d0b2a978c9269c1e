package org.aparanet.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lane arithmetic in the instructions of {@code jdk.incubator.vector}: the one class that needs
 * that module. Loaded by name, see {@link LaneSupport}.
 *
 * <p>The inner loops keep a tile of four by four sums in registers: eight loads serve sixteen
 * multiply-adds.
 *
 * <p>A vector lives in a register only inside one compiled method. One that is passed to a method
 * which the compiler does not inline, or chosen by a condition, becomes an object on the heap. So
 * vectors are neither arguments nor results here, and tiles are written out.
 */
final class VectorLaneOperations implements LaneOperations, PatchTransforms {
  static final VectorSpecies<Float> SPECIES = species();
  private static final int LANES = SPECIES.length();

  /** B' of {@link Winograd}, row by row: column p and sign times column q. */
  private static final int[] COLUMN = {0, 1, 2, 3};

  private static final int[] OTHER_COLUMN = {2, 2, 1, 1};
  private static final float[] SIGN = {-1f, 1f, -1f, -1f};

  /** Taps of a tile of weight gradients. */
  private static final int TAPS = 9;

  private final int[] tileTaps = new int[TAPS];
  private final float[] folded = new float[3 * TAPS * LANES];
  private final float[] zeros = new float[LANES]; // where sums begin
  private float[] turned = new float[0];

  /** The platform's widest vectors, or those that a system property asks for. */
  private static VectorSpecies<Float> species() {
    Integer bits = Integer.getInteger(LaneSupport.BITS);
    return bits == null
        ? FloatVector.SPECIES_PREFERRED
        : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public String name() {
    return SPECIES.vectorBitSize() + "-bit vectors";
  }

  @Override
  public void correlate(Correlation c, float[] weights, float[] memory, boolean relu) {
    int positions = c.in().length;
    int last = positions - 1;
    for (int p = 0; p < positions; p += 4) {
      // the last tile repeats the last position: it is computed and written more than once
      int p1 = Math.min(p + 1, last);
      int p2 = Math.min(p + 2, last);
      int p3 = Math.min(p + 3, last);
      int m = 0;
      for (; m + 4 <= c.outputs(); m += 4) {
        fourOutputs(c, m, p, p1, p2, p3, weights, memory);
      }
      for (; m < c.outputs(); m += 2) {
        twoOutputs(c, m, p, p1, p2, p3, weights, memory);
      }
      if (relu) {
        clearNegative(c, p, memory);
        clearNegative(c, p1, memory);
        clearNegative(c, p2, memory);
        clearNegative(c, p3, memory);
      }
    }
  }

  /** ReLU of all outputs of a position, which are still in the cache. */
  private static void clearNegative(Correlation c, int p, float[] memory) {
    FloatVector zero = FloatVector.zero(SPECIES);
    int at = c.out()[p];
    for (int m = 0; m < c.outputs(); m++, at += c.outStride()) {
      FloatVector.fromArray(SPECIES, memory, at).max(zero).intoArray(memory, at);
    }
  }

  /** Floats from one input's weights to the next in a dense layer: whole vectors. */
  private static int depth(int outputs) {
    return (outputs + LANES - 1) / LANES * LANES;
  }

  private static float bias(int at, int m, float[] weights) {
    return at < 0 ? 0f : weights[at + m];
  }

  private static void fourOutputs(
      Correlation c, int m, int p0, int p1, int p2, int p3, float[] weights, float[] memory) {
    int[] taps = c.tap();
    int[] weightTaps = c.weightTap();
    int i0 = c.in()[p0];
    int i1 = c.in()[p1];
    int i2 = c.in()[p2];
    int i3 = c.in()[p3];
    int w0 = c.weight() + m * c.weightStride();
    int w1 = w0 + c.weightStride();
    int w2 = w1 + c.weightStride();
    int w3 = w2 + c.weightStride();
    FloatVector s00 = FloatVector.broadcast(SPECIES, bias(c.bias(), m, weights));
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, bias(c.bias(), m + 1, weights));
    FloatVector s11 = s10;
    FloatVector s12 = s10;
    FloatVector s13 = s10;
    FloatVector s20 = FloatVector.broadcast(SPECIES, bias(c.bias(), m + 2, weights));
    FloatVector s21 = s20;
    FloatVector s22 = s20;
    FloatVector s23 = s20;
    FloatVector s30 = FloatVector.broadcast(SPECIES, bias(c.bias(), m + 3, weights));
    FloatVector s31 = s30;
    FloatVector s32 = s30;
    FloatVector s33 = s30;
    for (int k = 0; k < taps.length; k++) {
      int tap = taps[k];
      int weightTap = weightTaps[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, i0 + tap);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, i1 + tap);
      FloatVector x2 = FloatVector.fromArray(SPECIES, memory, i2 + tap);
      FloatVector x3 = FloatVector.fromArray(SPECIES, memory, i3 + tap);
      FloatVector w = FloatVector.broadcast(SPECIES, weights[w0 + weightTap]);
      s00 = x0.fma(w, s00);
      s01 = x1.fma(w, s01);
      s02 = x2.fma(w, s02);
      s03 = x3.fma(w, s03);
      w = FloatVector.broadcast(SPECIES, weights[w1 + weightTap]);
      s10 = x0.fma(w, s10);
      s11 = x1.fma(w, s11);
      s12 = x2.fma(w, s12);
      s13 = x3.fma(w, s13);
      w = FloatVector.broadcast(SPECIES, weights[w2 + weightTap]);
      s20 = x0.fma(w, s20);
      s21 = x1.fma(w, s21);
      s22 = x2.fma(w, s22);
      s23 = x3.fma(w, s23);
      w = FloatVector.broadcast(SPECIES, weights[w3 + weightTap]);
      s30 = x0.fma(w, s30);
      s31 = x1.fma(w, s31);
      s32 = x2.fma(w, s32);
      s33 = x3.fma(w, s33);
    }
    int o0 = c.out()[p0] + m * c.outStride();
    int o1 = c.out()[p1] + m * c.outStride();
    int o2 = c.out()[p2] + m * c.outStride();
    int o3 = c.out()[p3] + m * c.outStride();
    s00.intoArray(memory, o0);
    s01.intoArray(memory, o1);
    s02.intoArray(memory, o2);
    s03.intoArray(memory, o3);
    int next = c.outStride();
    s10.intoArray(memory, o0 + next);
    s11.intoArray(memory, o1 + next);
    s12.intoArray(memory, o2 + next);
    s13.intoArray(memory, o3 + next);
    next += c.outStride();
    s20.intoArray(memory, o0 + next);
    s21.intoArray(memory, o1 + next);
    s22.intoArray(memory, o2 + next);
    s23.intoArray(memory, o3 + next);
    next += c.outStride();
    s30.intoArray(memory, o0 + next);
    s31.intoArray(memory, o1 + next);
    s32.intoArray(memory, o2 + next);
    s33.intoArray(memory, o3 + next);
  }

  /** The last one or two outputs; the last one alone is computed twice. */
  private static void twoOutputs(
      Correlation c, int m, int p0, int p1, int p2, int p3, float[] weights, float[] memory) {
    int[] taps = c.tap();
    int[] weightTaps = c.weightTap();
    int next = Math.min(m + 1, c.outputs() - 1);
    int i0 = c.in()[p0];
    int i1 = c.in()[p1];
    int i2 = c.in()[p2];
    int i3 = c.in()[p3];
    int w0 = c.weight() + m * c.weightStride();
    int w1 = c.weight() + next * c.weightStride();
    FloatVector s00 = FloatVector.broadcast(SPECIES, bias(c.bias(), m, weights));
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, bias(c.bias(), next, weights));
    FloatVector s11 = s10;
    FloatVector s12 = s10;
    FloatVector s13 = s10;
    for (int k = 0; k < taps.length; k++) {
      int tap = taps[k];
      int weightTap = weightTaps[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, i0 + tap);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, i1 + tap);
      FloatVector x2 = FloatVector.fromArray(SPECIES, memory, i2 + tap);
      FloatVector x3 = FloatVector.fromArray(SPECIES, memory, i3 + tap);
      FloatVector w = FloatVector.broadcast(SPECIES, weights[w0 + weightTap]);
      s00 = x0.fma(w, s00);
      s01 = x1.fma(w, s01);
      s02 = x2.fma(w, s02);
      s03 = x3.fma(w, s03);
      w = FloatVector.broadcast(SPECIES, weights[w1 + weightTap]);
      s10 = x0.fma(w, s10);
      s11 = x1.fma(w, s11);
      s12 = x2.fma(w, s12);
      s13 = x3.fma(w, s13);
    }
    int[] out = c.out();
    int up = m * c.outStride();
    s00.intoArray(memory, out[p0] + up);
    s01.intoArray(memory, out[p1] + up);
    s02.intoArray(memory, out[p2] + up);
    s03.intoArray(memory, out[p3] + up);
    up = next * c.outStride();
    s10.intoArray(memory, out[p0] + up);
    s11.intoArray(memory, out[p1] + up);
    s12.intoArray(memory, out[p2] + up);
    s13.intoArray(memory, out[p3] + up);
  }

  @Override
  public void correlateGradient(
      Correlation c,
      int[] dOut,
      int dOutStride,
      float[] memory,
      float[] d,
      float[] gradient,
      boolean accumulate) {
    int taps = c.tap().length;
    // m outside: its gradients of the outputs stay in the cache while the taps go by
    for (int m = 0; m < c.outputs(); m += 3) {
      int outputs = Math.min(3, c.outputs() - m);
      for (int k = 0; k < taps; k += TAPS) {
        int used = Math.min(TAPS, taps - k);
        for (int t = 0; t < TAPS; t++) {
          tileTaps[t] = c.tap()[k + Math.min(t, used - 1)];
        }
        int next = Math.min(1, outputs - 1) * dOutStride;
        tileGradients(
            c.in(),
            tileTaps,
            dOut,
            m * dOutStride,
            next,
            (outputs - 1) * dOutStride,
            memory,
            d,
            folded);
        fold(c, m, outputs, k, used, gradient, accumulate);
      }
    }
    for (int m = 0; c.bias() >= 0 && m < c.outputs(); m++) {
      float sum = biasGradient(m, dOut, dOutStride, d, folded);
      gradient[c.bias() + m] = accumulate ? gradient[c.bias() + m] + sum : sum;
    }
  }

  /**
   * The gradients of nine weights, a filter's 3x3 for instance, of two outputs. Neighbouring
   * positions of one channel meet the same inputs, which a first-level cache still has.
   *
   * @param d0 distance of the first output's gradient from {@code dOut}
   * @param next from there to the second output's; 0 where there is none
   */
  private static void tileGradients(
      int[] in,
      int[] taps,
      int[] dOut,
      int d0,
      int next,
      int last,
      float[] memory,
      float[] dOutputs,
      float[] sums) {
    int t0 = taps[0];
    int t1 = taps[1];
    int t2 = taps[2];
    int t3 = taps[3];
    int t4 = taps[4];
    int t5 = taps[5];
    int t6 = taps[6];
    int t7 = taps[7];
    int t8 = taps[8];
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
      int o = dOut[p] + d0;
      FloatVector a = FloatVector.fromArray(SPECIES, dOutputs, o);
      FloatVector b = FloatVector.fromArray(SPECIES, dOutputs, o + next);
      FloatVector e = FloatVector.fromArray(SPECIES, dOutputs, o + last);
      FloatVector x = FloatVector.fromArray(SPECIES, memory, i + t0);
      s00 = x.fma(a, s00);
      s10 = x.fma(b, s10);
      s20 = x.fma(e, s20);
      x = FloatVector.fromArray(SPECIES, memory, i + t1);
      s01 = x.fma(a, s01);
      s11 = x.fma(b, s11);
      s21 = x.fma(e, s21);
      x = FloatVector.fromArray(SPECIES, memory, i + t2);
      s02 = x.fma(a, s02);
      s12 = x.fma(b, s12);
      s22 = x.fma(e, s22);
      x = FloatVector.fromArray(SPECIES, memory, i + t3);
      s03 = x.fma(a, s03);
      s13 = x.fma(b, s13);
      s23 = x.fma(e, s23);
      x = FloatVector.fromArray(SPECIES, memory, i + t4);
      s04 = x.fma(a, s04);
      s14 = x.fma(b, s14);
      s24 = x.fma(e, s24);
      x = FloatVector.fromArray(SPECIES, memory, i + t5);
      s05 = x.fma(a, s05);
      s15 = x.fma(b, s15);
      s25 = x.fma(e, s25);
      x = FloatVector.fromArray(SPECIES, memory, i + t6);
      s06 = x.fma(a, s06);
      s16 = x.fma(b, s16);
      s26 = x.fma(e, s26);
      x = FloatVector.fromArray(SPECIES, memory, i + t7);
      s07 = x.fma(a, s07);
      s17 = x.fma(b, s17);
      s27 = x.fma(e, s27);
      x = FloatVector.fromArray(SPECIES, memory, i + t8);
      s08 = x.fma(a, s08);
      s18 = x.fma(b, s18);
      s28 = x.fma(e, s28);
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

  /** Adds up the lanes of a tile's sums, in a fixed order: the same bits on every run. */
  private void fold(
      Correlation c, int m, int outputs, int k, int used, float[] gradient, boolean accumulate) {
    for (int a = 0; a < outputs; a++) {
      int row = c.weight() + (m + a) * c.weightStride();
      for (int b = 0; b < used; b++) {
        float sum = sumOfLanes(folded, (TAPS * a + b) * LANES);
        int at = row + c.weightTap()[k + b];
        gradient[at] = accumulate ? gradient[at] + sum : sum;
      }
    }
  }

  static float sumOfLanes(float[] values, int at) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int i = at; i < at + LANES; i += 4) {
      s0 += values[i];
      s1 += values[i + 1];
      s2 += values[i + 2];
      s3 += values[i + 3];
    }
    return (s0 + s1) + (s2 + s3);
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
    return sumOfLanes(sums, 0);
  }

  @Override
  public void transformPatches(Winograd w, int first, float[] memory) {
    int step = Winograd.placeStride(w.inputs(), LANES);
    for (int column = 0; column < 4; column++) {
      int p = COLUMN[column] * LANES;
      int q = OTHER_COLUMN[column] * LANES;
      patchColumn(w, first, p, q, SIGN[column], w.patches() + column * step, memory);
    }
  }

  /** A column of the transformed patches of a block: from columns p + sign * q of the input. */
  private static void patchColumn(
      Winograd w, int first, int p, int q, float sign, int at, float[] memory) {
    FloatVector factor = FloatVector.broadcast(SPECIES, sign);
    int[] in = w.in();
    int row = w.inRow();
    int step = 4 * Winograd.placeStride(w.inputs(), LANES);
    for (int k = 0; k < w.inputs() * Winograd.BLOCK; k++) {
      int patch = in[first + k % Winograd.BLOCK] + k / Winograd.BLOCK * w.inStride();
      int i = patch + p;
      int j = patch + q;
      FloatVector x0 =
          FloatVector.fromArray(SPECIES, memory, j)
              .fma(factor, FloatVector.fromArray(SPECIES, memory, i));
      FloatVector x1 =
          FloatVector.fromArray(SPECIES, memory, j + row)
              .fma(factor, FloatVector.fromArray(SPECIES, memory, i + row));
      FloatVector x2 =
          FloatVector.fromArray(SPECIES, memory, j + 2 * row)
              .fma(factor, FloatVector.fromArray(SPECIES, memory, i + 2 * row));
      FloatVector x3 =
          FloatVector.fromArray(SPECIES, memory, j + 3 * row)
              .fma(factor, FloatVector.fromArray(SPECIES, memory, i + 3 * row));
      int s = at + k * LANES;
      x0.sub(x2).intoArray(memory, s);
      x1.add(x2).intoArray(memory, s + step);
      x2.sub(x1).intoArray(memory, s + 2 * step);
      x3.sub(x1).intoArray(memory, s + 3 * step);
    }
  }

  @Override
  public void transformSums(
      Winograd w, int first, float[] parameters, float[] memory, boolean relu) {
    float least = relu ? 0f : Float.NEGATIVE_INFINITY;
    for (int t = 0; t < Winograd.BLOCK; t++) {
      int at = w.sums() + t * LANES;
      int out = w.out()[first + t];
      outputColumn(w, at, 0, 1f, parameters, least, out, memory);
      outputColumn(w, at, 3, -1f, parameters, least, out + LANES, memory);
    }
  }

  /** A column of the tiles of all channels: from columns outer + 1 + sign * 2 of the sums. */
  private static void outputColumn(
      Winograd w,
      int at,
      int outer,
      float sign,
      float[] parameters,
      float least,
      int out,
      float[] memory) {
    FloatVector factor = FloatVector.broadcast(SPECIES, sign);
    FloatVector floor = FloatVector.broadcast(SPECIES, least);
    int step = Winograd.placeStride(w.outputs(), LANES);
    for (int m = 0; m < w.outputs(); m++) {
      int s = at + m * Winograd.BLOCK * LANES;
      int e = s + outer * step;
      FloatVector y0 =
          FloatVector.fromArray(SPECIES, memory, s + 2 * step)
              .fma(factor, FloatVector.fromArray(SPECIES, memory, s + step))
              .add(FloatVector.fromArray(SPECIES, memory, e));
      FloatVector y1 =
          FloatVector.fromArray(SPECIES, memory, s + 6 * step)
              .fma(factor, FloatVector.fromArray(SPECIES, memory, s + 5 * step))
              .add(FloatVector.fromArray(SPECIES, memory, e + 4 * step));
      FloatVector y2 =
          FloatVector.fromArray(SPECIES, memory, s + 10 * step)
              .fma(factor, FloatVector.fromArray(SPECIES, memory, s + 9 * step))
              .add(FloatVector.fromArray(SPECIES, memory, e + 8 * step));
      FloatVector y3 =
          FloatVector.fromArray(SPECIES, memory, s + 14 * step)
              .fma(factor, FloatVector.fromArray(SPECIES, memory, s + 13 * step))
              .add(FloatVector.fromArray(SPECIES, memory, e + 12 * step));
      FloatVector bias = FloatVector.broadcast(SPECIES, bias(w.bias(), m, parameters));
      int o = out + m * w.outStride();
      y0.add(y1).add(y2).add(bias).max(floor).intoArray(memory, o);
      y1.sub(y2).add(y3).add(bias).max(floor).intoArray(memory, o + w.outRow());
    }
  }

  @Override
  public void dense(
      int inputs,
      int outputs,
      float[] weights,
      int weight,
      int bias,
      float[] memory,
      int in,
      int out,
      boolean relu) {
    int o = 0;
    for (; o + 8 <= outputs; o += 8) {
      eightDenseOutputs(inputs, outputs, o, weights, weight, bias, memory, in, out);
    }
    for (; o < outputs; o += 2) {
      twoDenseOutputs(
          inputs, outputs, o, Math.min(o + 1, outputs - 1), weights, weight, bias, memory, in, out);
    }
    if (relu) {
      relu(outputs * LANES, memory, out);
    }
  }

  private static void twoDenseOutputs(
      int inputs,
      int outputs,
      int o,
      int next,
      float[] weights,
      int weight,
      int bias,
      float[] memory,
      int in,
      int out) {
    int w0 = weight + o;
    int w1 = weight + next;
    int depth = depth(outputs);
    FloatVector even0 = FloatVector.broadcast(SPECIES, weights[bias + o]);
    FloatVector even1 = FloatVector.broadcast(SPECIES, weights[bias + next]);
    FloatVector odd0 = FloatVector.zero(SPECIES);
    FloatVector odd1 = odd0;
    int i = 0;
    for (; i + 2 <= inputs; i += 2) {
      FloatVector x = FloatVector.fromArray(SPECIES, memory, in + i * LANES);
      even0 = x.fma(FloatVector.broadcast(SPECIES, weights[w0 + i * depth]), even0);
      even1 = x.fma(FloatVector.broadcast(SPECIES, weights[w1 + i * depth]), even1);
      x = FloatVector.fromArray(SPECIES, memory, in + i * LANES + LANES);
      odd0 = x.fma(FloatVector.broadcast(SPECIES, weights[w0 + i * depth + depth]), odd0);
      odd1 = x.fma(FloatVector.broadcast(SPECIES, weights[w1 + i * depth + depth]), odd1);
    }
    for (; i < inputs; i++) {
      FloatVector x = FloatVector.fromArray(SPECIES, memory, in + i * LANES);
      even0 = x.fma(FloatVector.broadcast(SPECIES, weights[w0 + i * depth]), even0);
      even1 = x.fma(FloatVector.broadcast(SPECIES, weights[w1 + i * depth]), even1);
    }
    even0.add(odd0).intoArray(memory, out + o * LANES);
    even1.add(odd1).intoArray(memory, out + next * LANES);
  }

  private static void eightDenseOutputs(
      int inputs,
      int outputs,
      int o,
      float[] weights,
      int weight,
      int bias,
      float[] memory,
      int in,
      int out) {
    int w = weight + o;
    int depth = depth(outputs);
    FloatVector s0 = FloatVector.broadcast(SPECIES, weights[bias + o]);
    FloatVector s1 = FloatVector.broadcast(SPECIES, weights[bias + o + 1]);
    FloatVector s2 = FloatVector.broadcast(SPECIES, weights[bias + o + 2]);
    FloatVector s3 = FloatVector.broadcast(SPECIES, weights[bias + o + 3]);
    FloatVector s4 = FloatVector.broadcast(SPECIES, weights[bias + o + 4]);
    FloatVector s5 = FloatVector.broadcast(SPECIES, weights[bias + o + 5]);
    FloatVector s6 = FloatVector.broadcast(SPECIES, weights[bias + o + 6]);
    FloatVector s7 = FloatVector.broadcast(SPECIES, weights[bias + o + 7]);
    for (int i = 0; i < inputs; i++) {
      FloatVector x = FloatVector.fromArray(SPECIES, memory, in + i * LANES);
      s0 = x.fma(FloatVector.broadcast(SPECIES, weights[w]), s0);
      s1 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 1]), s1);
      s2 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 2]), s2);
      s3 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 3]), s3);
      s4 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 4]), s4);
      s5 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 5]), s5);
      s6 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 6]), s6);
      s7 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 7]), s7);
      w += depth;
    }
    int at = out + o * LANES;
    s0.intoArray(memory, at);
    s1.intoArray(memory, at + LANES);
    s2.intoArray(memory, at + 2 * LANES);
    s3.intoArray(memory, at + 3 * LANES);
    at += 4 * LANES;
    s4.intoArray(memory, at);
    s5.intoArray(memory, at + LANES);
    s6.intoArray(memory, at + 2 * LANES);
    s7.intoArray(memory, at + 3 * LANES);
  }

  @Override
  public void denseBackwardData(
      int outputs, float[] weights, int weight, float[] memory, int dOut, int[] dIn) {
    int inputs = dIn.length;
    int depth = depth(outputs);
    int i = 0;
    for (; i + 8 <= inputs; i += 8) {
      eightDenseInputs(outputs, i, weights, weight, memory, dOut, dIn);
    }
    if (i < inputs && inputs >= 8) {
      // the last tile repeats some inputs of the one before
      eightDenseInputs(outputs, inputs - 8, weights, weight, memory, dOut, dIn);
      return;
    }
    for (; i < inputs; i++) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int o = 0; o < outputs; o++) {
        sum =
            FloatVector.fromArray(SPECIES, memory, dOut + o * LANES)
                .fma(FloatVector.broadcast(SPECIES, weights[weight + i * depth + o]), sum);
      }
      sum.intoArray(memory, dIn[i]);
    }
  }

  private static void eightDenseInputs(
      int outputs, int i, float[] weights, int weight, float[] memory, int dOut, int[] dIn) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    int depth = depth(outputs);
    int w0 = weight + i * depth;
    int w1 = w0 + depth;
    int w2 = w1 + depth;
    int w3 = w2 + depth;
    int w4 = w3 + depth;
    int w5 = w4 + depth;
    int w6 = w5 + depth;
    int w7 = w6 + depth;
    for (int o = 0; o < outputs; o++) {
      FloatVector d = FloatVector.fromArray(SPECIES, memory, dOut + o * LANES);
      s0 = d.fma(FloatVector.broadcast(SPECIES, weights[w0 + o]), s0);
      s1 = d.fma(FloatVector.broadcast(SPECIES, weights[w1 + o]), s1);
      s2 = d.fma(FloatVector.broadcast(SPECIES, weights[w2 + o]), s2);
      s3 = d.fma(FloatVector.broadcast(SPECIES, weights[w3 + o]), s3);
      s4 = d.fma(FloatVector.broadcast(SPECIES, weights[w4 + o]), s4);
      s5 = d.fma(FloatVector.broadcast(SPECIES, weights[w5 + o]), s5);
      s6 = d.fma(FloatVector.broadcast(SPECIES, weights[w6 + o]), s6);
      s7 = d.fma(FloatVector.broadcast(SPECIES, weights[w7 + o]), s7);
    }
    s0.intoArray(memory, dIn[i]);
    s1.intoArray(memory, dIn[i + 1]);
    s2.intoArray(memory, dIn[i + 2]);
    s3.intoArray(memory, dIn[i + 3]);
    s4.intoArray(memory, dIn[i + 4]);
    s5.intoArray(memory, dIn[i + 5]);
    s6.intoArray(memory, dIn[i + 6]);
    s7.intoArray(memory, dIn[i + 7]);
  }

  @Override
  public void denseBackwardWeights(
      int inputs,
      int outputs,
      float[] memory,
      int in,
      int dOut,
      float[] gradient,
      int weight,
      int bias,
      boolean accumulate) {
    int depth = depth(outputs);
    turn(outputs, depth, memory, dOut);
    for (int i = 0; i < inputs; i += 8) {
      for (int o = 0; o < depth; o += LANES) {
        eightWeightRows(inputs, depth, i, o, memory, in, gradient, weight, accumulate);
      }
    }
    for (int o = 0; o < outputs; o++) {
      float sum = sumOfLanes(memory, dOut + o * LANES);
      gradient[bias + o] = accumulate ? gradient[bias + o] + sum : sum;
    }
  }

  /** Outputs into the lanes: turned[n * depth + o], 0 beyond the last output. */
  private void turn(int outputs, int depth, float[] memory, int dOut) {
    if (turned.length < LANES * depth) {
      turned = new float[LANES * depth];
    }
    for (int n = 0; n < LANES; n++) {
      for (int o = 0; o < depth; o++) {
        turned[n * depth + o] = o < outputs ? memory[dOut + o * LANES + n] : 0f;
      }
    }
  }

  /** A vector of outputs for each of eight inputs; the last input stands in for missing ones. */
  private void eightWeightRows(
      int inputs,
      int depth,
      int i,
      int o,
      float[] memory,
      int in,
      float[] gradient,
      int weight,
      boolean accumulate) {
    int last = inputs - 1;
    int i1 = Math.min(i + 1, last);
    int i2 = Math.min(i + 2, last);
    int i3 = Math.min(i + 3, last);
    int i4 = Math.min(i + 4, last);
    int i5 = Math.min(i + 5, last);
    int i6 = Math.min(i + 6, last);
    int i7 = Math.min(i + 7, last);
    int g0 = weight + i * depth + o;
    int g1 = weight + i1 * depth + o;
    int g2 = weight + i2 * depth + o;
    int g3 = weight + i3 * depth + o;
    int g4 = weight + i4 * depth + o;
    int g5 = weight + i5 * depth + o;
    int g6 = weight + i6 * depth + o;
    int g7 = weight + i7 * depth + o;
    float[] first = accumulate ? gradient : zeros;
    FloatVector s0 = FloatVector.fromArray(SPECIES, first, accumulate ? g0 : 0);
    FloatVector s1 = FloatVector.fromArray(SPECIES, first, accumulate ? g1 : 0);
    FloatVector s2 = FloatVector.fromArray(SPECIES, first, accumulate ? g2 : 0);
    FloatVector s3 = FloatVector.fromArray(SPECIES, first, accumulate ? g3 : 0);
    FloatVector s4 = FloatVector.fromArray(SPECIES, first, accumulate ? g4 : 0);
    FloatVector s5 = FloatVector.fromArray(SPECIES, first, accumulate ? g5 : 0);
    FloatVector s6 = FloatVector.fromArray(SPECIES, first, accumulate ? g6 : 0);
    FloatVector s7 = FloatVector.fromArray(SPECIES, first, accumulate ? g7 : 0);
    float[] d = turned;
    for (int n = 0; n < LANES; n++) {
      FloatVector x = FloatVector.fromArray(SPECIES, d, n * depth + o);
      int at = in + n;
      s0 = x.fma(FloatVector.broadcast(SPECIES, memory[at + i * LANES]), s0);
      s1 = x.fma(FloatVector.broadcast(SPECIES, memory[at + i1 * LANES]), s1);
      s2 = x.fma(FloatVector.broadcast(SPECIES, memory[at + i2 * LANES]), s2);
      s3 = x.fma(FloatVector.broadcast(SPECIES, memory[at + i3 * LANES]), s3);
      s4 = x.fma(FloatVector.broadcast(SPECIES, memory[at + i4 * LANES]), s4);
      s5 = x.fma(FloatVector.broadcast(SPECIES, memory[at + i5 * LANES]), s5);
      s6 = x.fma(FloatVector.broadcast(SPECIES, memory[at + i6 * LANES]), s6);
      s7 = x.fma(FloatVector.broadcast(SPECIES, memory[at + i7 * LANES]), s7);
    }
    s0.intoArray(gradient, g0);
    s1.intoArray(gradient, g1);
    s2.intoArray(gradient, g2);
    s3.intoArray(gradient, g3);
    s4.intoArray(gradient, g4);
    s5.intoArray(gradient, g5);
    s6.intoArray(gradient, g6);
    s7.intoArray(gradient, g7);
  }

  @Override
  public void maxPool(Pooling p, float[] memory, float[] argmax) {
    int[] in = p.in();
    int[] out = p.out();
    int[] taps = p.tap();
    for (int c = 0; c < p.channels(); c++) {
      for (int w = 0; w < in.length; w++) {
        int first = in[w] + c * p.inStride();
        FloatVector best = FloatVector.fromArray(SPECIES, memory, first);
        FloatVector at = FloatVector.zero(SPECIES);
        for (int t = 1; t < taps.length; t++) {
          FloatVector x = FloatVector.fromArray(SPECIES, memory, first + taps[t]);
          at = at.blend((float) t, x.compare(VectorOperators.GT, best));
          best = best.max(x); // unlike a blend, lets a NaN through
        }
        best.intoArray(memory, out[w] + c * p.outStride());
        at.intoArray(argmax, (c * in.length + w) * LANES);
      }
    }
  }

  @Override
  public void correlateAndPool(
      Correlation c, Pooling p, float[] weights, float[] memory, float[] argmax) {
    for (int w = 0; w < p.in().length; w++) {
      int p0 = 4 * w;
      int m = 0;
      for (; m + 4 <= c.outputs(); m += 4) {
        fourOutputs(c, m, p0, p0 + 1, p0 + 2, p0 + 3, weights, memory);
      }
      for (; m < c.outputs(); m += 2) {
        twoOutputs(c, m, p0, p0 + 1, p0 + 2, p0 + 3, weights, memory);
      }
      poolOutputs(c, p, w, memory, argmax);
    }
  }

  private static void poolOutputs(Correlation c, Pooling p, int w, float[] memory, float[] argmax) {
    int from = c.out()[4 * w];
    int to = p.out()[w];
    int at = w * LANES;
    for (int m = 0; m < c.outputs(); m++) {
      FloatVector best = FloatVector.fromArray(SPECIES, memory, from);
      FloatVector tap = FloatVector.zero(SPECIES);
      FloatVector x = FloatVector.fromArray(SPECIES, memory, from + LANES);
      tap = tap.blend(1f, x.compare(VectorOperators.GT, best));
      best = best.max(x); // unlike a blend, lets a NaN through
      x = FloatVector.fromArray(SPECIES, memory, from + 2 * LANES);
      tap = tap.blend(2f, x.compare(VectorOperators.GT, best));
      best = best.max(x);
      x = FloatVector.fromArray(SPECIES, memory, from + 3 * LANES);
      tap = tap.blend(3f, x.compare(VectorOperators.GT, best));
      best.max(x).intoArray(memory, to);
      tap.intoArray(argmax, at);
      from += c.outStride();
      to += p.outStride();
      at += p.in().length * LANES;
    }
  }

  @Override
  public void correlateAndPoolGradient(
      Correlation c,
      Pooling p,
      float[] memory,
      float[] argmax,
      float[] gradient,
      boolean accumulate) {
    int taps = c.tap().length;
    for (int m = 0; m < c.outputs(); m += 2) {
      int outputs = Math.min(2, c.outputs() - m);
      for (int k = 0; k < taps; k += 9) {
        nineTaps(c, p, m, m + outputs - 1, k, memory, argmax, folded);
        for (int a = 0; a < outputs; a++) {
          int row = c.weight() + (m + a) * c.weightStride();
          for (int b = 0; b < Math.min(9, taps - k); b++) {
            float sum = sumOfLanes(folded, (9 * a + b) * LANES);
            int at = row + c.weightTap()[k + b];
            gradient[at] = accumulate ? gradient[at] + sum : sum;
          }
        }
      }
    }
    for (int m = 0; c.bias() >= 0 && m < c.outputs(); m++) {
      float sum = biasGradient(m, p.dOut(), p.dOutStride(), memory, folded);
      gradient[c.bias() + m] = accumulate ? gradient[c.bias() + m] + sum : sum;
    }
  }

  /** Two outputs; the last tap stands in for missing ones. */
  private static void nineTaps(
      Correlation c,
      Pooling p,
      int m0,
      int m1,
      int k,
      float[] memory,
      float[] argmax,
      float[] sums) {
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
    int plane0 = m0 * p.dOutStride();
    int plane1 = m1 * p.dOutStride();
    int at0 = m0 * dOut.length * LANES;
    int at1 = m1 * dOut.length * LANES;
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
        FloatVector d0 = zero.blend(whole0, maximum0.compare(VectorOperators.EQ, (float) t));
        FloatVector d1 = zero.blend(whole1, maximum1.compare(VectorOperators.EQ, (float) t));
        FloatVector x = FloatVector.fromArray(SPECIES, memory, i + t0);
        s00 = x.fma(d0, s00);
        s10 = x.fma(d1, s10);
        x = FloatVector.fromArray(SPECIES, memory, i + t1);
        s01 = x.fma(d0, s01);
        s11 = x.fma(d1, s11);
        x = FloatVector.fromArray(SPECIES, memory, i + t2);
        s02 = x.fma(d0, s02);
        s12 = x.fma(d1, s12);
        x = FloatVector.fromArray(SPECIES, memory, i + t3);
        s03 = x.fma(d0, s03);
        s13 = x.fma(d1, s13);
        x = FloatVector.fromArray(SPECIES, memory, i + t4);
        s04 = x.fma(d0, s04);
        s14 = x.fma(d1, s14);
        x = FloatVector.fromArray(SPECIES, memory, i + t5);
        s05 = x.fma(d0, s05);
        s15 = x.fma(d1, s15);
        x = FloatVector.fromArray(SPECIES, memory, i + t6);
        s06 = x.fma(d0, s06);
        s16 = x.fma(d1, s16);
        x = FloatVector.fromArray(SPECIES, memory, i + t7);
        s07 = x.fma(d0, s07);
        s17 = x.fma(d1, s17);
        x = FloatVector.fromArray(SPECIES, memory, i + t8);
        s08 = x.fma(d0, s08);
        s18 = x.fma(d1, s18);
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

  @Override
  public void maxPoolBackward(Pooling p, float[] memory, float[] argmax) {
    int[] dIn = p.dIn();
    int[] dOut = p.dOut();
    int[] taps = p.dTap();
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int c = 0; c < p.channels(); c++) {
      if (p.overlap()) {
        clear(dIn, taps, c * p.dInStride(), memory);
      }
      for (int w = 0; w < dIn.length; w++) {
        FloatVector at = FloatVector.fromArray(SPECIES, argmax, (c * dIn.length + w) * LANES);
        FloatVector d = FloatVector.fromArray(SPECIES, memory, dOut[w] + c * p.dOutStride());
        int first = dIn[w] + c * p.dInStride();
        for (int t = 0; t < taps.length; t++) {
          FloatVector own = zero.blend(d, at.compare(VectorOperators.EQ, (float) t));
          if (p.overlap()) {
            own = own.add(FloatVector.fromArray(SPECIES, memory, first + taps[t]));
          }
          own.intoArray(memory, first + taps[t]);
        }
      }
    }
  }

  private static void clear(int[] firsts, int[] taps, int offset, float[] memory) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int first : firsts) {
      for (int tap : taps) {
        zero.intoArray(memory, first + offset + tap);
      }
    }
  }

  @Override
  public void relu(int count, float[] memory, int at) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = at; i < at + count; i += LANES) {
      FloatVector.fromArray(SPECIES, memory, i).max(zero).intoArray(memory, i);
    }
  }

  @Override
  public void reluBackward(LaneLayout output, LaneLayout gradient, float[] memory) {
    FloatVector zero = FloatVector.zero(SPECIES);
    int step = gradient.spread() * LANES;
    for (int c = 0; c < output.shape().channels(); c++) {
      for (int y = 0; y < output.shape().height(); y++) {
        int o = output.index(c, y, 0);
        int g = gradient.index(c, y, 0);
        for (int x = 0; x < output.shape().width(); x++, o += LANES, g += step) {
          VectorMask<Float> passes =
              FloatVector.fromArray(SPECIES, memory, o).compare(VectorOperators.GT, zero);
          zero.blend(FloatVector.fromArray(SPECIES, memory, g), passes).intoArray(memory, g);
        }
      }
    }
  }

  @Override
  public void add(int from, int to, float[] sum, float[] addend) {
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      FloatVector.fromArray(SPECIES, sum, i)
          .add(FloatVector.fromArray(SPECIES, addend, i))
          .intoArray(sum, i);
    }
    for (; i < to; i++) {
      sum[i] += addend[i];
    }
  }

  @Override
  public void update(int from, int to, float[] parameters, float[] gradient, float learningRate) {
    FloatVector rate = FloatVector.broadcast(SPECIES, -learningRate);
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      FloatVector.fromArray(SPECIES, gradient, i)
          .fma(rate, FloatVector.fromArray(SPECIES, parameters, i))
          .intoArray(parameters, i);
    }
    for (; i < to; i++) {
      parameters[i] = Math.fma(gradient[i], -learningRate, parameters[i]);
    }
  }
}
