package org.aparanet.engine.cpu.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Dense layers on vectors of images. */
final class VectorDense {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();

  /** Inputs of a tile of their gradients. */
  private static final int INPUTS = VectorLaneOperations.MANY_REGISTERS ? 8 : 7;

  private final float[] zeros = new float[LANES]; // initial sums
  private float[] turned = new float[0];

  /** Floats from one input's weights to the next in a dense layer: whole vectors. */
  private static int depth(int outputs) {
    return (outputs + LANES - 1) / LANES * LANES;
  }

  /** See {@link LaneOperations#dense}. */
  static void forward(
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
      eightOutputs(inputs, outputs, o, weights, weight, bias, memory, in, out);
    }
    for (; o < outputs; o += 2) {
      twoOutputs(
          inputs, outputs, o, Math.min(o + 1, outputs - 1), weights, weight, bias, memory, in, out);
    }
    if (relu) {
      VectorLaneOperations.clearNegative(outputs * LANES, memory, out);
    }
  }

  private static void twoOutputs(
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

  private static void eightOutputs(
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

  /** See {@link LaneOperations#denseBackwardData}. */
  static void backwardData(
      int outputs, float[] weights, int weight, float[] memory, int dOut, int[] dIn) {
    int inputs = dIn.length;
    int depth = depth(outputs);
    if (inputs >= INPUTS) {
      for (int i = 0; i < inputs; i += INPUTS) {
        // the last tile repeats some inputs of the one before
        int first = Math.min(i, inputs - INPUTS);
        if (VectorLaneOperations.MANY_REGISTERS) {
          eightInputs(outputs, first, weights, weight, memory, dOut, dIn);
        } else {
          sevenInputs(outputs, first, weights, weight, memory, dOut, dIn);
        }
      }
      return;
    }
    for (int i = 0; i < inputs; i++) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int o = 0; o < outputs; o++) {
        sum =
            FloatVector.fromArray(SPECIES, memory, dOut + o * LANES)
                .fma(FloatVector.broadcast(SPECIES, weights[weight + i * depth + o]), sum);
      }
      sum.intoArray(memory, dIn[i]);
    }
  }

  private static void eightInputs(
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

  /** Seven inputs fit 16 registers: the compiler loads all weights before it uses the first. */
  private static void sevenInputs(
      int outputs, int i, float[] weights, int weight, float[] memory, int dOut, int[] dIn) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    int depth = depth(outputs);
    int w0 = weight + i * depth;
    int w1 = w0 + depth;
    int w2 = w1 + depth;
    int w3 = w2 + depth;
    int w4 = w3 + depth;
    int w5 = w4 + depth;
    int w6 = w5 + depth;
    for (int o = 0; o < outputs; o++) {
      FloatVector d = FloatVector.fromArray(SPECIES, memory, dOut + o * LANES);
      s0 = d.fma(FloatVector.broadcast(SPECIES, weights[w0 + o]), s0);
      s1 = d.fma(FloatVector.broadcast(SPECIES, weights[w1 + o]), s1);
      s2 = d.fma(FloatVector.broadcast(SPECIES, weights[w2 + o]), s2);
      s3 = d.fma(FloatVector.broadcast(SPECIES, weights[w3 + o]), s3);
      s4 = d.fma(FloatVector.broadcast(SPECIES, weights[w4 + o]), s4);
      s5 = d.fma(FloatVector.broadcast(SPECIES, weights[w5 + o]), s5);
      s6 = d.fma(FloatVector.broadcast(SPECIES, weights[w6 + o]), s6);
    }
    s0.intoArray(memory, dIn[i]);
    s1.intoArray(memory, dIn[i + 1]);
    s2.intoArray(memory, dIn[i + 2]);
    s3.intoArray(memory, dIn[i + 3]);
    s4.intoArray(memory, dIn[i + 4]);
    s5.intoArray(memory, dIn[i + 5]);
    s6.intoArray(memory, dIn[i + 6]);
  }

  /** See {@link LaneOperations#denseBackwardWeights}. */
  void backwardWeights(
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
    int pairs = depth / (2 * LANES) * 2 * LANES;
    for (int i = 0; i < inputs; i += 4) {
      for (int o = 0; o < pairs; o += 2 * LANES) {
        fourRows(inputs, depth, i, o, memory, in, gradient, weight, accumulate);
      }
    }
    for (int i = 0; i < inputs && pairs < depth; i += 8) {
      eightRows(inputs, depth, i, pairs, memory, in, gradient, weight, accumulate);
    }
    for (int o = 0; o < outputs; o++) {
      float sum = VectorLaneOperations.sumOfLanes(memory, dOut + o * LANES);
      gradient[bias + o] = accumulate ? gradient[bias + o] + sum : sum;
    }
  }

  /** Outputs into the lanes: turned[n * depth + o], 0 beyond the last output. */
  private void turn(int outputs, int depth, float[] memory, int dOut) {
    if (turned.length < LANES * depth) {
      turned = new float[LANES * depth];
    }
    VectorTransposition.transpose(memory, dOut, LANES, outputs, turned, 0, depth);
    for (int n = 0; n < LANES; n++) {
      Arrays.fill(turned, n * depth + outputs, (n + 1) * depth, 0f);
    }
  }

  /** Two vectors of outputs for each of four inputs; missing inputs repeat the last. */
  private void fourRows(
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
    int g0 = weight + i * depth + o;
    int g1 = weight + i1 * depth + o;
    int g2 = weight + i2 * depth + o;
    int g3 = weight + i3 * depth + o;
    float[] first = accumulate ? gradient : zeros;
    FloatVector s00 = FloatVector.fromArray(SPECIES, first, accumulate ? g0 : 0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, first, accumulate ? g0 + LANES : 0);
    FloatVector s10 = FloatVector.fromArray(SPECIES, first, accumulate ? g1 : 0);
    FloatVector s11 = FloatVector.fromArray(SPECIES, first, accumulate ? g1 + LANES : 0);
    FloatVector s20 = FloatVector.fromArray(SPECIES, first, accumulate ? g2 : 0);
    FloatVector s21 = FloatVector.fromArray(SPECIES, first, accumulate ? g2 + LANES : 0);
    FloatVector s30 = FloatVector.fromArray(SPECIES, first, accumulate ? g3 : 0);
    FloatVector s31 = FloatVector.fromArray(SPECIES, first, accumulate ? g3 + LANES : 0);
    int a0 = in + i * LANES;
    int a1 = in + i1 * LANES;
    int a2 = in + i2 * LANES;
    int a3 = in + i3 * LANES;
    float[] d = turned;
    for (int n = 0; n < LANES; n++) {
      int at = n * depth + o;
      FloatVector x0 = FloatVector.fromArray(SPECIES, d, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, d, at + LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, memory[a0 + n]);
      s00 = x0.fma(w, s00);
      s01 = x1.fma(w, s01);
      w = FloatVector.broadcast(SPECIES, memory[a1 + n]);
      s10 = x0.fma(w, s10);
      s11 = x1.fma(w, s11);
      w = FloatVector.broadcast(SPECIES, memory[a2 + n]);
      s20 = x0.fma(w, s20);
      s21 = x1.fma(w, s21);
      w = FloatVector.broadcast(SPECIES, memory[a3 + n]);
      s30 = x0.fma(w, s30);
      s31 = x1.fma(w, s31);
    }
    s00.intoArray(gradient, g0);
    s01.intoArray(gradient, g0 + LANES);
    s10.intoArray(gradient, g1);
    s11.intoArray(gradient, g1 + LANES);
    s20.intoArray(gradient, g2);
    s21.intoArray(gradient, g2 + LANES);
    s30.intoArray(gradient, g3);
    s31.intoArray(gradient, g3 + LANES);
  }

  /** A vector of outputs for each of eight inputs; missing inputs repeat the last. */
  private void eightRows(
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
}
