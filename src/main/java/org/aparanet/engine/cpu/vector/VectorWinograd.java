package org.aparanet.engine.cpu.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Winograd}'s arithmetic, on vectors of images and, for filters, of output channels. */
final class VectorWinograd implements PatchTransforms {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();

  private static final boolean MANY_REGISTERS = VectorLaneOperations.MANY_REGISTERS;

  /** Images of a block, all tiles together. */
  private static final int STEPS = VectorStepProducts.STEPS;

  /** B' of {@link Winograd}, row by row: column p and sign times column q. */
  private static final int[] COLUMN = {0, 1, 2, 3};

  private static final int[] OTHER_COLUMN = {2, 2, 1, 1};
  private static final float[] SIGN = {-1f, 1f, -1f, -1f};

  private static float bias(int at, int m, float[] weights) {
    return at < 0 ? 0f : weights[at + m];
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

  /** Column of the transformed patches of a block: from columns p + sign * q of the input. */
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
  public void multiply(Winograd w, float[][] panels, float[] memory) {
    if (!MANY_REGISTERS || w.outputs() % 4 != 0) {
      for (int place = 0; place < Winograd.PLACES; place++) {
        Correlation product = w.products().get(place);
        VectorCorrelation.correlate(product, 0, Winograd.BLOCK, panels[place], memory, false);
      }
      return;
    }
    int patchStep = Winograd.placeStride(w.inputs(), LANES);
    int sumStep = Winograd.placeStride(w.outputs(), LANES);
    for (int place = 0; place < Winograd.PLACES; place++) {
      int patches = w.patches() + place * patchStep;
      int sums = w.sums() + place * sumStep;
      for (int m = 0; m < w.outputs(); m += 4) {
        int panel = m * (w.inputs() + 1) + 4; // behind the biases, which are 0
        fourOutputs(w.inputs(), patches, panels[place], panel, sums + m * STEPS, memory);
      }
    }
  }

  /** Sums over the channels of a block's patches at a place, for four outputs. */
  private static void fourOutputs(
      int inputs, int from, float[] weights, int panel, int to, float[] memory) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s23 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
    FloatVector s33 = s00;
    for (int k = 0; k < inputs; k++) {
      int at = from + k * STEPS;
      int row = panel + 4 * k;
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, at + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, memory, at + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(SPECIES, memory, at + 3 * LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, weights[row]);
      s00 = x0.fma(w, s00);
      s01 = x1.fma(w, s01);
      s02 = x2.fma(w, s02);
      s03 = x3.fma(w, s03);
      w = FloatVector.broadcast(SPECIES, weights[row + 1]);
      s10 = x0.fma(w, s10);
      s11 = x1.fma(w, s11);
      s12 = x2.fma(w, s12);
      s13 = x3.fma(w, s13);
      w = FloatVector.broadcast(SPECIES, weights[row + 2]);
      s20 = x0.fma(w, s20);
      s21 = x1.fma(w, s21);
      s22 = x2.fma(w, s22);
      s23 = x3.fma(w, s23);
      w = FloatVector.broadcast(SPECIES, weights[row + 3]);
      s30 = x0.fma(w, s30);
      s31 = x1.fma(w, s31);
      s32 = x2.fma(w, s32);
      s33 = x3.fma(w, s33);
    }
    s00.intoArray(memory, to);
    s01.intoArray(memory, to + LANES);
    s02.intoArray(memory, to + 2 * LANES);
    s03.intoArray(memory, to + 3 * LANES);
    s10.intoArray(memory, to + 4 * LANES);
    s11.intoArray(memory, to + 5 * LANES);
    s12.intoArray(memory, to + 6 * LANES);
    s13.intoArray(memory, to + 7 * LANES);
    s20.intoArray(memory, to + 8 * LANES);
    s21.intoArray(memory, to + 9 * LANES);
    s22.intoArray(memory, to + 10 * LANES);
    s23.intoArray(memory, to + 11 * LANES);
    s30.intoArray(memory, to + 12 * LANES);
    s31.intoArray(memory, to + 13 * LANES);
    s32.intoArray(memory, to + 14 * LANES);
    s33.intoArray(memory, to + 15 * LANES);
  }

  @Override
  public void transformSums(
      Winograd w, int first, float[] parameters, float[] memory, boolean relu) {
    float least = relu ? 0f : Float.NEGATIVE_INFINITY;
    for (int t = 0; t < Winograd.BLOCK; t++) {
      int at = w.sums() + t * LANES;
      int out = w.out()[first + t];
      int below = w.below()[first + t];
      int right = w.right()[first + t];
      // the first column last, and in it the first row: where steps are 0 these stay
      outputColumn(w, at, 3, -1f, parameters, least, out + right, below, memory);
      outputColumn(w, at, 0, 1f, parameters, least, out, below, memory);
    }
  }

  /** Column of the tiles of all channels: from columns outer + 1 + sign * 2 of the sums. */
  private static void outputColumn(
      Winograd w,
      int at,
      int outer,
      float sign,
      float[] parameters,
      float least,
      int out,
      int below,
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
      y1.sub(y2).add(y3).add(bias).max(floor).intoArray(memory, o + below);
      y0.add(y1).add(y2).add(bias).max(floor).intoArray(memory, o);
    }
  }

  @Override
  public void filterGradient(
      WinogradGradient g, float[] memory, float[] scratch, float[] gradient, boolean accumulate) {
    Winograd w = g.forward();
    Arrays.fill(scratch, g.sums(LANES), g.sums(LANES) + Winograd.PLACES * g.sumStride(), 0f);
    for (int first = 0; first < w.in().length; first += Winograd.BLOCK) {
      transformPatches(w, first, memory);
      for (int pixel = 0; pixel < 4; pixel++) {
        turn(g, first, pixel, memory, scratch);
      }
      spread(g, scratch);
      for (int place = 0; place < Winograd.PLACES; place++) {
        addProducts(g, place, memory, scratch);
      }
    }
    for (int c = 0; c < w.inputs(); c++) {
      for (int f = 0; f < g.depth(); f += LANES) {
        filters(g, c, f, scratch);
        int outputs = Math.min(LANES, g.outputs() - f);
        for (int n = 0; n < outputs; n++) {
          int at = g.weight() + ((f + n) * w.inputs() + c) * 9;
          for (int k = 0; k < 9; k++) {
            float value = scratch[k * LANES + n];
            gradient[at + k] = accumulate ? gradient[at + k] + value : value;
          }
        }
      }
    }
  }

  /** One of the four outputs of each tile of a block: output channels into the lanes. */
  private static void turn(
      WinogradGradient g, int first, int pixel, float[] memory, float[] scratch) {
    int depth = g.depth();
    for (int t = 0; t < Winograd.BLOCK; t++) {
      int from = g.dOut()[4 * (first + t) + pixel];
      int to = (pixel * Winograd.BLOCK + t) * LANES * depth;
      if (from < 0) {
        Arrays.fill(scratch, to, to + LANES * depth, 0f);
      } else {
        VectorTransposition.transpose(
            memory, from, g.dOutStride(), g.outputs(), scratch, to, depth);
      }
    }
  }

  /** A y A': from the four outputs of each tile to the 16 places of its patch. */
  private static void spread(WinogradGradient g, float[] scratch) {
    int count = Winograd.BLOCK * LANES * g.depth();
    int step = g.spreadStride(LANES);
    for (int i = 0; i < count; i += LANES) {
      FloatVector y00 = FloatVector.fromArray(SPECIES, scratch, i);
      FloatVector y01 = FloatVector.fromArray(SPECIES, scratch, i + count);
      FloatVector y10 = FloatVector.fromArray(SPECIES, scratch, i + 2 * count);
      FloatVector y11 = FloatVector.fromArray(SPECIES, scratch, i + 3 * count);
      int to = 4 * count + i;
      y00.intoArray(scratch, to);
      y00.add(y01).intoArray(scratch, to + step);
      y00.sub(y01).intoArray(scratch, to + 2 * step);
      y01.intoArray(scratch, to + 3 * step);
      to += 4 * step;
      FloatVector left = y00.add(y10);
      FloatVector right = y01.add(y11);
      left.intoArray(scratch, to);
      left.add(right).intoArray(scratch, to + step);
      left.sub(right).intoArray(scratch, to + 2 * step);
      right.intoArray(scratch, to + 3 * step);
      to += 4 * step;
      left = y00.sub(y10);
      right = y01.sub(y11);
      left.intoArray(scratch, to);
      left.add(right).intoArray(scratch, to + step);
      left.sub(right).intoArray(scratch, to + 2 * step);
      right.intoArray(scratch, to + 3 * step);
      to += 4 * step;
      y10.intoArray(scratch, to);
      y10.add(y11).intoArray(scratch, to + step);
      y10.sub(y11).intoArray(scratch, to + 2 * step);
      y11.intoArray(scratch, to + 3 * step);
    }
  }

  /** A block's products at one place of the patches: added for each pair of channels. */
  private static void addProducts(WinogradGradient g, int place, float[] memory, float[] scratch) {
    Winograd w = g.forward();
    int depth = g.depth();
    int patches = w.patches() + place * Winograd.placeStride(w.inputs(), LANES);
    int spread = 4 * STEPS * depth + place * g.spreadStride(LANES);
    int sums = g.sums(LANES) + place * g.sumStride();
    VectorStepProducts.add(w.inputs(), memory, patches, scratch, spread, depth, sums);
  }

  /** G' m G: the nine gradients of an input's filters, a vector of outputs each, to the front. */
  private static void filters(WinogradGradient g, int c, int f, float[] scratch) {
    int step = g.sumStride();
    int at = g.sums(LANES) + c * g.depth() + f;
    for (int column = 0; column < 4; column++) {
      int m = at + column * step;
      FloatVector m0 = FloatVector.fromArray(SPECIES, scratch, m);
      FloatVector m1 = FloatVector.fromArray(SPECIES, scratch, m + 4 * step);
      FloatVector m2 = FloatVector.fromArray(SPECIES, scratch, m + 8 * step);
      FloatVector m3 = FloatVector.fromArray(SPECIES, scratch, m + 12 * step);
      FloatVector even = m1.add(m2).mul(0.5f);
      FloatVector odd = m1.sub(m2).mul(0.5f);
      int to = (9 + column) * LANES;
      m0.add(even).intoArray(scratch, to);
      odd.intoArray(scratch, to + 4 * LANES);
      even.add(m3).intoArray(scratch, to + 8 * LANES);
    }
    for (int row = 0; row < 3; row++) {
      int m = (9 + 4 * row) * LANES;
      FloatVector m0 = FloatVector.fromArray(SPECIES, scratch, m);
      FloatVector m1 = FloatVector.fromArray(SPECIES, scratch, m + LANES);
      FloatVector m2 = FloatVector.fromArray(SPECIES, scratch, m + 2 * LANES);
      FloatVector m3 = FloatVector.fromArray(SPECIES, scratch, m + 3 * LANES);
      FloatVector even = m1.add(m2).mul(0.5f);
      FloatVector odd = m1.sub(m2).mul(0.5f);
      int to = 3 * row * LANES;
      m0.add(even).intoArray(scratch, to);
      odd.intoArray(scratch, to + LANES);
      even.add(m3).intoArray(scratch, to + 2 * LANES);
    }
  }
}
