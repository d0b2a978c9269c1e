package org.aparanet.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic of inference in the instructions of {@code jdk.incubator.vector}. Loaded by name, see
 * {@link LaneSupport}.
 *
 * <p>As in {@link VectorLaneOperations}, vectors never leave the method that made them.
 */
final class VectorInferenceOperations implements InferenceOperations {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();

  @Override
  public void convolve(
      ChannelTiles w,
      int block,
      float[] filters,
      float[] parameters,
      float[] memory,
      float[] scratch) {
    int first = w.begin(block);
    int tiles = w.begin(block + 1) - first;
    for (int t = 0; t < tiles; t++) {
      for (int g = 0; g < w.inColumn(); g += LANES) {
        int to = t * w.inColumn() + g;
        transformPatch(w, w.in()[first + t] + g, 0, 2, -1f, to, 0, memory, scratch);
        transformPatch(w, w.in()[first + t] + g, 1, 2, 1f, to, 1, memory, scratch);
        transformPatch(w, w.in()[first + t] + g, 2, 1, -1f, to, 2, memory, scratch);
        transformPatch(w, w.in()[first + t] + g, 3, 1, -1f, to, 3, memory, scratch);
      }
    }
    int sums = Winograd.PLACES * ChannelTiles.placeStride(w.inColumn());
    for (int place = 0; place < Winograd.PLACES; place++) {
      int patches = place * ChannelTiles.placeStride(w.inColumn());
      int to = sums + place * ChannelTiles.placeStride(w.outColumn());
      sums(w, tiles, filters, place * w.inputs() * w.outColumn(), patches, to, scratch);
    }
    for (int t = 0; t < tiles; t++) {
      for (int g = 0; g < w.outColumn(); g += LANES) {
        int at = sums + t * w.outColumn() + g;
        int out = w.out()[first + t] + g;
        boolean row = w.newRow()[first + t];
        if (w.newColumn()[first + t]) {
          transformSums(w, at, 0, 1f, g, row, out, parameters, scratch, memory);
        }
        int right = out + w.outColumn();
        transformSums(w, at, 3, -1f, g, row, right, parameters, scratch, memory);
      }
    }
  }

  /** Column of a transformed patch: from columns p + sign * q of the input. */
  private static void transformPatch(
      ChannelTiles w,
      int patch,
      int p,
      int q,
      float sign,
      int to,
      int column,
      float[] memory,
      float[] scratch) {
    FloatVector factor = FloatVector.broadcast(SPECIES, sign);
    int row = w.inRow();
    int i = patch + p * w.inColumn();
    int j = patch + q * w.inColumn();
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
    int step = ChannelTiles.placeStride(w.inColumn());
    int s = to + column * step;
    x0.sub(x2).intoArray(scratch, s);
    x1.add(x2).intoArray(scratch, s + 4 * step);
    x2.sub(x1).intoArray(scratch, s + 8 * step);
    x3.sub(x1).intoArray(scratch, s + 12 * step);
  }

  /** Sums over input channels at one place of the patches, for all tiles and output channels. */
  private static void sums(
      ChannelTiles w, int tiles, float[] filters, int weight, int from, int to, float[] scratch) {
    int depth = w.outColumn();
    for (int g = 0; g < depth; g += 2 * LANES) {
      boolean two = g + LANES < depth;
      for (int t = 0; t < tiles; t += 4) {
        int tile = Math.max(0, Math.min(t, tiles - 4)); // the last four repeat some before
        int at = from + tile * w.inColumn();
        int out = to + tile * depth + g;
        if (two) {
          fourByTwo(w, filters, weight + g, at, out, scratch);
        } else {
          fourByOne(w, filters, weight + g, at, out, scratch);
        }
      }
    }
  }

  /** Two vectors of output channels of four tiles. */
  private static void fourByTwo(
      ChannelTiles w, float[] filters, int weight, int at, int out, float[] scratch) {
    int depth = w.outColumn();
    int at1 = at + w.inColumn();
    int at2 = at1 + w.inColumn();
    int at3 = at2 + w.inColumn();
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    int k = weight;
    for (int c = 0; c < w.inputs(); c++) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, filters, k);
      FloatVector w1 = FloatVector.fromArray(SPECIES, filters, k + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, scratch[at + c]);
      s00 = w0.fma(x, s00);
      s01 = w1.fma(x, s01);
      x = FloatVector.broadcast(SPECIES, scratch[at1 + c]);
      s10 = w0.fma(x, s10);
      s11 = w1.fma(x, s11);
      x = FloatVector.broadcast(SPECIES, scratch[at2 + c]);
      s20 = w0.fma(x, s20);
      s21 = w1.fma(x, s21);
      x = FloatVector.broadcast(SPECIES, scratch[at3 + c]);
      s30 = w0.fma(x, s30);
      s31 = w1.fma(x, s31);
      k += depth;
    }
    s00.intoArray(scratch, out);
    s01.intoArray(scratch, out + LANES);
    s10.intoArray(scratch, out + depth);
    s11.intoArray(scratch, out + depth + LANES);
    s20.intoArray(scratch, out + 2 * depth);
    s21.intoArray(scratch, out + 2 * depth + LANES);
    s30.intoArray(scratch, out + 3 * depth);
    s31.intoArray(scratch, out + 3 * depth + LANES);
  }

  /** A vector of output channels of four tiles. */
  private static void fourByOne(
      ChannelTiles w, float[] filters, int weight, int at, int out, float[] scratch) {
    int depth = w.outColumn();
    int at1 = at + w.inColumn();
    int at2 = at1 + w.inColumn();
    int at3 = at2 + w.inColumn();
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int k = weight;
    for (int c = 0; c < w.inputs(); c++) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, filters, k);
      s0 = w0.fma(FloatVector.broadcast(SPECIES, scratch[at + c]), s0);
      s1 = w0.fma(FloatVector.broadcast(SPECIES, scratch[at1 + c]), s1);
      s2 = w0.fma(FloatVector.broadcast(SPECIES, scratch[at2 + c]), s2);
      s3 = w0.fma(FloatVector.broadcast(SPECIES, scratch[at3 + c]), s3);
      k += depth;
    }
    s0.intoArray(scratch, out);
    s1.intoArray(scratch, out + depth);
    s2.intoArray(scratch, out + 2 * depth);
    s3.intoArray(scratch, out + 3 * depth);
  }

  /** Column of a tile: from columns outer + 1 + sign * 2 of the sums. */
  private static void transformSums(
      ChannelTiles w,
      int s,
      int outer,
      float sign,
      int g,
      boolean firstRow,
      int out,
      float[] parameters,
      float[] scratch,
      float[] memory) {
    FloatVector factor = FloatVector.broadcast(SPECIES, sign);
    int step = ChannelTiles.placeStride(w.outColumn());
    int e = s + outer * step;
    FloatVector y0 =
        FloatVector.fromArray(SPECIES, scratch, s + 2 * step)
            .fma(factor, FloatVector.fromArray(SPECIES, scratch, s + step))
            .add(FloatVector.fromArray(SPECIES, scratch, e));
    FloatVector y1 =
        FloatVector.fromArray(SPECIES, scratch, s + 6 * step)
            .fma(factor, FloatVector.fromArray(SPECIES, scratch, s + 5 * step))
            .add(FloatVector.fromArray(SPECIES, scratch, e + 4 * step));
    FloatVector y2 =
        FloatVector.fromArray(SPECIES, scratch, s + 10 * step)
            .fma(factor, FloatVector.fromArray(SPECIES, scratch, s + 9 * step))
            .add(FloatVector.fromArray(SPECIES, scratch, e + 8 * step));
    FloatVector y3 =
        FloatVector.fromArray(SPECIES, scratch, s + 14 * step)
            .fma(factor, FloatVector.fromArray(SPECIES, scratch, s + 13 * step))
            .add(FloatVector.fromArray(SPECIES, scratch, e + 12 * step));
    FloatVector bias =
        w.bias() < 0
            ? FloatVector.zero(SPECIES)
            : FloatVector.fromArray(SPECIES, parameters, w.bias() + g);
    if (firstRow) {
      y0.add(y1).add(y2).add(bias).intoArray(memory, out);
    }
    y1.sub(y2).add(y3).add(bias).intoArray(memory, out + w.outRow());
  }

  @Override
  public void dense(
      int inputs,
      int depth,
      int first,
      int vectors,
      float[] weights,
      float[] parameters,
      int bias,
      float[] memory,
      int in,
      int out) {
    int last = first + (vectors - LEAST_VECTORS) * LANES;
    for (int o = first; o < first + vectors * LANES; o += LEAST_VECTORS * LANES) {
      // the last four vectors repeat some of those before
      fourVectors(inputs, depth, Math.min(o, last), weights, parameters, bias, memory, in, out);
    }
  }

  private static void fourVectors(
      int inputs,
      int depth,
      int o,
      float[] weights,
      float[] parameters,
      int bias,
      float[] memory,
      int in,
      int out) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, parameters, bias + o);
    FloatVector s1 = FloatVector.fromArray(SPECIES, parameters, bias + o + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, parameters, bias + o + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, parameters, bias + o + 3 * LANES);
    int k = o;
    for (int i = 0; i < inputs; i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, memory[in + i]);
      s0 = FloatVector.fromArray(SPECIES, weights, k).fma(x, s0);
      s1 = FloatVector.fromArray(SPECIES, weights, k + LANES).fma(x, s1);
      s2 = FloatVector.fromArray(SPECIES, weights, k + 2 * LANES).fma(x, s2);
      s3 = FloatVector.fromArray(SPECIES, weights, k + 3 * LANES).fma(x, s3);
      k += depth;
    }
    s0.intoArray(memory, out + o);
    s1.intoArray(memory, out + o + LANES);
    s2.intoArray(memory, out + o + 2 * LANES);
    s3.intoArray(memory, out + o + 3 * LANES);
  }
}
