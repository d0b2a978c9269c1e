package org.aparanet.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Channel arithmetic in the instructions of {@code jdk.incubator.vector}. Loaded by name, see
 * {@link LaneSupport}.
 *
 * <p>As in {@link VectorLaneOperations}, vectors never leave the method that made them.
 */
final class VectorChannelOperations implements ChannelOperations {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int TILE_TAPS = 9;

  private final float[] zeros = new float[LANES];
  private final float[] sums = new float[TILE_TAPS * LANES]; // of gradients

  /** Floats of a position's channels: whole vectors. */
  private static int depth(Correlation c) {
    return (c.outputs() + LANES - 1) / LANES * LANES;
  }

  @Override
  public void correlate(Correlation c, float[] weights, int weight, int bias, float[] memory) {
    int depth = depth(c);
    int last = c.in().length - 8;
    float[] first = bias < 0 ? zeros : weights;
    for (int m = 0; m < depth; m += LANES) {
      int firstAt = bias < 0 ? 0 : bias + m;
      int p = 0;
      for (; p <= last; p += 8) {
        if (c.in()[p + 7] - c.in()[p] == 7) {
          eightNeighbours(c, p, m, depth, weights, weight, first, firstAt, memory);
        } else {
          eightPositions(c, p, m, depth, weights, weight, first, firstAt, memory);
        }
      }
      if (p < last + 8 && last >= 0) {
        // the last tile repeats some positions of the one before
        eightPositions(c, last, m, depth, weights, weight, first, firstAt, memory);
      } else {
        for (; p < last + 8; p++) {
          onePosition(c, p, m, depth, weights, weight, first, firstAt, memory);
        }
      }
    }
  }

  private static void eightPositions(
      Correlation c,
      int p,
      int m,
      int depth,
      float[] weights,
      int weight,
      float[] first,
      int firstAt,
      float[] memory) {
    int[] taps = c.tap();
    int[] in = c.in();
    int i0 = in[p];
    int i1 = in[p + 1];
    int i2 = in[p + 2];
    int i3 = in[p + 3];
    int i4 = in[p + 4];
    int i5 = in[p + 5];
    int i6 = in[p + 6];
    int i7 = in[p + 7];
    FloatVector s0 = FloatVector.fromArray(SPECIES, first, firstAt);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    int at = weight + m;
    for (int k = 0; k < taps.length; k++) {
      int tap = taps[k];
      FloatVector w = FloatVector.fromArray(SPECIES, weights, at);
      s0 = w.fma(FloatVector.broadcast(SPECIES, memory[i0 + tap]), s0);
      s1 = w.fma(FloatVector.broadcast(SPECIES, memory[i1 + tap]), s1);
      s2 = w.fma(FloatVector.broadcast(SPECIES, memory[i2 + tap]), s2);
      s3 = w.fma(FloatVector.broadcast(SPECIES, memory[i3 + tap]), s3);
      s4 = w.fma(FloatVector.broadcast(SPECIES, memory[i4 + tap]), s4);
      s5 = w.fma(FloatVector.broadcast(SPECIES, memory[i5 + tap]), s5);
      s6 = w.fma(FloatVector.broadcast(SPECIES, memory[i6 + tap]), s6);
      s7 = w.fma(FloatVector.broadcast(SPECIES, memory[i7 + tap]), s7);
      at += depth;
    }
    int[] out = c.out();
    s0.intoArray(memory, out[p] + m);
    s1.intoArray(memory, out[p + 1] + m);
    s2.intoArray(memory, out[p + 2] + m);
    s3.intoArray(memory, out[p + 3] + m);
    s4.intoArray(memory, out[p + 4] + m);
    s5.intoArray(memory, out[p + 5] + m);
    s6.intoArray(memory, out[p + 6] + m);
    s7.intoArray(memory, out[p + 7] + m);
  }

  /**
   * As {@link #eightPositions}, where the positions' inputs are neighbours in memory: of an image
   * with one channel. Each tap then takes one check of the array's bounds instead of eight.
   */
  private static void eightNeighbours(
      Correlation c,
      int p,
      int m,
      int depth,
      float[] weights,
      int weight,
      float[] first,
      int firstAt,
      float[] memory) {
    int[] taps = c.tap();
    int in = c.in()[p];
    FloatVector s0 = FloatVector.fromArray(SPECIES, first, firstAt);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    int at = weight + m;
    for (int k = 0; k < taps.length; k++) {
      int x = in + taps[k];
      FloatVector w = FloatVector.fromArray(SPECIES, weights, at);
      s0 = w.fma(FloatVector.broadcast(SPECIES, memory[x]), s0);
      s7 = w.fma(FloatVector.broadcast(SPECIES, memory[x + 7]), s7);
      s1 = w.fma(FloatVector.broadcast(SPECIES, memory[x + 1]), s1);
      s2 = w.fma(FloatVector.broadcast(SPECIES, memory[x + 2]), s2);
      s3 = w.fma(FloatVector.broadcast(SPECIES, memory[x + 3]), s3);
      s4 = w.fma(FloatVector.broadcast(SPECIES, memory[x + 4]), s4);
      s5 = w.fma(FloatVector.broadcast(SPECIES, memory[x + 5]), s5);
      s6 = w.fma(FloatVector.broadcast(SPECIES, memory[x + 6]), s6);
      at += depth;
    }
    int[] out = c.out();
    s0.intoArray(memory, out[p] + m);
    s1.intoArray(memory, out[p + 1] + m);
    s2.intoArray(memory, out[p + 2] + m);
    s3.intoArray(memory, out[p + 3] + m);
    s4.intoArray(memory, out[p + 4] + m);
    s5.intoArray(memory, out[p + 5] + m);
    s6.intoArray(memory, out[p + 6] + m);
    s7.intoArray(memory, out[p + 7] + m);
  }

  private static void onePosition(
      Correlation c,
      int p,
      int m,
      int depth,
      float[] weights,
      int weight,
      float[] first,
      int firstAt,
      float[] memory) {
    int[] taps = c.tap();
    int in = c.in()[p];
    FloatVector sum = FloatVector.fromArray(SPECIES, first, firstAt);
    for (int k = 0; k < taps.length; k++) {
      sum =
          FloatVector.fromArray(SPECIES, weights, weight + k * depth + m)
              .fma(FloatVector.broadcast(SPECIES, memory[in + taps[k]]), sum);
    }
    sum.intoArray(memory, c.out()[p] + m);
  }

  @Override
  public void correlateGradient(
      Correlation c,
      int[] dOut,
      float[] memory,
      float[] gradient,
      int weight,
      int bias,
      boolean accumulate) {
    int depth = depth(c);
    int taps = c.tap().length;
    for (int m = 0; m < depth; m += LANES) {
      for (int k = 0; k < taps; k += TILE_TAPS) {
        nineTaps(c, k, m, dOut, memory, sums);
        int used = Math.min(TILE_TAPS, taps - k);
        for (int j = 0; j < used; j++) {
          put(sums, j * LANES, gradient, weight + (k + j) * depth + m, accumulate);
        }
      }
      if (bias >= 0) {
        biasGradient(m, dOut, memory, sums);
        put(sums, 0, gradient, bias + m, accumulate);
      }
    }
  }

  private static void put(float[] from, int at, float[] to, int target, boolean add) {
    for (int n = 0; n < LANES; n++) {
      to[target + n] = add ? to[target + n] + from[at + n] : from[at + n];
    }
  }

  /** Nine taps, of which missing ones repeat the last. */
  private static void nineTaps(
      Correlation c, int k, int m, int[] dOut, float[] memory, float[] sums) {
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
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    FloatVector s8 = s0;
    for (int p = 0; p < in.length; p++) {
      int i = in[p];
      FloatVector d = FloatVector.fromArray(SPECIES, memory, dOut[p] + m);
      s0 = d.fma(FloatVector.broadcast(SPECIES, memory[i + t0]), s0);
      s1 = d.fma(FloatVector.broadcast(SPECIES, memory[i + t1]), s1);
      s2 = d.fma(FloatVector.broadcast(SPECIES, memory[i + t2]), s2);
      s3 = d.fma(FloatVector.broadcast(SPECIES, memory[i + t3]), s3);
      s4 = d.fma(FloatVector.broadcast(SPECIES, memory[i + t4]), s4);
      s5 = d.fma(FloatVector.broadcast(SPECIES, memory[i + t5]), s5);
      s6 = d.fma(FloatVector.broadcast(SPECIES, memory[i + t6]), s6);
      s7 = d.fma(FloatVector.broadcast(SPECIES, memory[i + t7]), s7);
      s8 = d.fma(FloatVector.broadcast(SPECIES, memory[i + t8]), s8);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, LANES);
    s2.intoArray(sums, 2 * LANES);
    s3.intoArray(sums, 3 * LANES);
    s4.intoArray(sums, 4 * LANES);
    s5.intoArray(sums, 5 * LANES);
    s6.intoArray(sums, 6 * LANES);
    s7.intoArray(sums, 7 * LANES);
    s8.intoArray(sums, 8 * LANES);
  }

  private static void biasGradient(int m, int[] dOut, float[] memory, float[] sums) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int at : dOut) {
      sum = sum.add(FloatVector.fromArray(SPECIES, memory, at + m));
    }
    sum.intoArray(sums, 0);
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
      float[] scratch) {
    for (int o = 0; o < outputs; o += 2) {
      int next = Math.min(o + 1, outputs - 1);
      twoRows(inputs, weights, weight + o * inputs, weight + next * inputs, memory, in, scratch);
      memory[out + o] = weights[bias + o] + VectorLaneOperations.sumOfLanes(scratch, 0);
      memory[out + next] = weights[bias + next] + VectorLaneOperations.sumOfLanes(scratch, LANES);
    }
  }

  @Override
  public int denseScratch() {
    return 2 * LANES;
  }

  private static void twoRows(
      int inputs, float[] weights, int w0, int w1, float[] memory, int in, float[] sums) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    int i = 0;
    for (; i + 4 * LANES <= inputs; i += 4 * LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, memory, in + i);
      s00 = x.fma(FloatVector.fromArray(SPECIES, weights, w0 + i), s00);
      s10 = x.fma(FloatVector.fromArray(SPECIES, weights, w1 + i), s10);
      x = FloatVector.fromArray(SPECIES, memory, in + i + LANES);
      s01 = x.fma(FloatVector.fromArray(SPECIES, weights, w0 + i + LANES), s01);
      s11 = x.fma(FloatVector.fromArray(SPECIES, weights, w1 + i + LANES), s11);
      x = FloatVector.fromArray(SPECIES, memory, in + i + 2 * LANES);
      s02 = x.fma(FloatVector.fromArray(SPECIES, weights, w0 + i + 2 * LANES), s02);
      s12 = x.fma(FloatVector.fromArray(SPECIES, weights, w1 + i + 2 * LANES), s12);
      x = FloatVector.fromArray(SPECIES, memory, in + i + 3 * LANES);
      s03 = x.fma(FloatVector.fromArray(SPECIES, weights, w0 + i + 3 * LANES), s03);
      s13 = x.fma(FloatVector.fromArray(SPECIES, weights, w1 + i + 3 * LANES), s13);
    }
    for (; i < inputs; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, memory, in + i);
      s00 = x.fma(FloatVector.fromArray(SPECIES, weights, w0 + i), s00);
      s10 = x.fma(FloatVector.fromArray(SPECIES, weights, w1 + i), s10);
    }
    s00.add(s01).add(s02.add(s03)).intoArray(sums, 0);
    s10.add(s11).add(s12.add(s13)).intoArray(sums, LANES);
  }

  @Override
  public void denseBackward(
      int inputs,
      int outputs,
      float[] weights,
      int weight,
      float[] memory,
      int in,
      int dOut,
      int dIn,
      float[] gradient,
      int bias) {
    for (int i = 0; i < inputs; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, memory, in + i);
      FloatVector sum = FloatVector.zero(SPECIES);
      int at = weight + i;
      for (int o = 0; o < outputs; o++, at += inputs) {
        FloatVector d = FloatVector.broadcast(SPECIES, memory[dOut + o]);
        sum = FloatVector.fromArray(SPECIES, weights, at).fma(d, sum);
        x.fma(d, FloatVector.fromArray(SPECIES, gradient, at)).intoArray(gradient, at);
      }
      sum.intoArray(memory, dIn + i);
    }
    for (int o = 0; o < outputs; o++) {
      gradient[bias + o] += memory[dOut + o];
    }
  }

  @Override
  public void denseStep(
      int inputs,
      int outputs,
      float[] weights,
      int weight,
      float[] memory,
      int in,
      int dOut,
      int dIn,
      float[] gradient,
      int bias,
      float learningRate) {
    FloatVector rate = FloatVector.broadcast(SPECIES, -learningRate);
    for (int i = 0; i < inputs; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, memory, in + i);
      FloatVector sum = FloatVector.zero(SPECIES);
      int at = weight + i;
      for (int o = 0; o < outputs; o++, at += inputs) {
        FloatVector d = FloatVector.broadcast(SPECIES, memory[dOut + o]);
        FloatVector w = FloatVector.fromArray(SPECIES, weights, at);
        FloatVector own = x.mul(d);
        sum = w.fma(d, sum);
        own.intoArray(gradient, at);
        own.fma(rate, w).intoArray(weights, at);
      }
      sum.intoArray(memory, dIn + i);
    }
    for (int o = 0; o < outputs; o++) {
      gradient[bias + o] = memory[dOut + o];
      weights[bias + o] = Math.fma(memory[dOut + o], -learningRate, weights[bias + o]);
    }
  }

  @Override
  public void reluBackward(int depth, int[] output, int[] gradient, float[] memory) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int p = 0; p < output.length; p++) {
      for (int m = 0; m < depth; m += LANES) {
        VectorMask<Float> passes =
            FloatVector.fromArray(SPECIES, memory, output[p] + m).compare(VectorOperators.GT, zero);
        int at = gradient[p] + m;
        zero.blend(FloatVector.fromArray(SPECIES, memory, at), passes).intoArray(memory, at);
      }
    }
  }
}
