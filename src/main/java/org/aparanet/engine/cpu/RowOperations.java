package org.aparanet.engine.cpu;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Lane arithmetic for batches too small to fill vectors with images: one image at a time, and
 * neighbouring positions of a row or neighbouring features in the lanes of a vector.
 *
 * <p>To the workspace these are vectors of one lane. A convolution's tables are cut into {@link
 * Chunks} of positions that lie one after another, and the tiles of {@link VectorLaneOperations}
 * take a chunk where they otherwise take a position. Positions in rows shorter than a vector, or
 * apart from each other, are summed up one by one.
 */
final class RowOperations implements LaneOperations {
  private final LaneOperations vectors;
  private final RowArithmetic rows;
  private final Map<Correlation, Chunks> chunks = new IdentityHashMap<>();
  private float[] spread = new float[0];

  RowOperations(LaneOperations vectors, RowArithmetic rows) {
    this.vectors = vectors;
    this.rows = rows;
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public String name() {
    return vectors.name();
  }

  private Chunks chunks(Correlation c) {
    return chunks.computeIfAbsent(c, table -> Chunks.of(table, vectors.lanes()));
  }

  @Override
  public void correlate(Correlation c, float[] weights, float[] memory, boolean relu) {
    Chunks cut = chunks(c);
    if (cut.table().in().length > 0) {
      vectors.correlate(cut.table(), weights, memory, relu);
    }
    for (int p : cut.single()) {
      for (int m = 0; m < c.outputs(); m++) {
        float sum = c.bias() < 0 ? 0f : weights[c.bias() + m];
        int weight = c.weight() + m * c.weightStride();
        for (int k = 0; k < c.tap().length; k++) {
          sum = Math.fma(weights[weight + c.weightTap()[k]], memory[c.in()[p] + c.tap()[k]], sum);
        }
        memory[c.out()[p] + m * c.outStride()] = relu ? Math.max(0f, sum) : sum;
      }
    }
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
    Chunks cut = chunks(c);
    boolean add = accumulate;
    if (cut.table().in().length > 0) {
      // a copy of dOut in which no position stands twice
      int stride = cut.table().in().length * vectors.lanes();
      copyChunks(c, cut, dOut, dOutStride, d, stride);
      vectors.correlateGradient(
          cut.table(), cut.spread(), stride, memory, spread, gradient, accumulate);
      add = true;
    }
    if (cut.single().length > 0 || !add) {
      singleGradients(c, cut, dOut, dOutStride, memory, d, gradient, add);
    }
  }

  private void copyChunks(
      Correlation c, Chunks cut, int[] dOut, int dOutStride, float[] d, int stride) {
    if (spread.length < c.outputs() * stride) {
      spread = new float[c.outputs() * stride];
    }
    int lanes = vectors.lanes();
    for (int m = 0; m < c.outputs(); m++) {
      for (int chunk = 0; chunk < cut.first().length; chunk++) {
        int from = dOut[cut.first()[chunk]] + m * dOutStride;
        int to = m * stride + chunk * lanes;
        int repeated = cut.repeated()[chunk];
        Arrays.fill(spread, to, to + repeated, 0f);
        System.arraycopy(d, from + repeated, spread, to + repeated, lanes - repeated);
      }
    }
  }

  private static void singleGradients(
      Correlation c,
      Chunks cut,
      int[] dOut,
      int dOutStride,
      float[] memory,
      float[] d,
      float[] gradient,
      boolean add) {
    for (int m = 0; m < c.outputs(); m++) {
      int weight = c.weight() + m * c.weightStride();
      for (int k = 0; k < c.tap().length; k++) {
        float sum = 0f;
        for (int p : cut.single()) {
          sum = Math.fma(d[dOut[p] + m * dOutStride], memory[c.in()[p] + c.tap()[k]], sum);
        }
        int at = weight + c.weightTap()[k];
        gradient[at] = add ? gradient[at] + sum : sum;
      }
      if (c.bias() >= 0) {
        float sum = 0f;
        for (int p : cut.single()) {
          sum += d[dOut[p] + m * dOutStride];
        }
        gradient[c.bias() + m] = add ? gradient[c.bias() + m] + sum : sum;
      }
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
    for (int o = 0; o < outputs; o++) {
      float sum = weights[bias + o] + rows.dot(inputs, weights, weight + o * inputs, memory, in);
      memory[out + o] = relu ? Math.max(0f, sum) : sum;
    }
  }

  @Override
  public void denseBackwardData(
      int outputs, float[] weights, int weight, float[] memory, int dOut, int[] dIn) {
    int inputs = dIn.length;
    boolean together = dIn[inputs - 1] - dIn[0] == inputs - 1;
    if (!together && spread.length < inputs) {
      spread = new float[inputs];
    }
    float[] target = together ? memory : spread;
    int at = together ? dIn[0] : 0;
    Arrays.fill(target, at, at + inputs, 0f);
    for (int o = 0; o < outputs; o++) {
      rows.addScaled(inputs, memory[dOut + o], weights, weight + o * inputs, target, at);
    }
    for (int i = 0; !together && i < inputs; i++) {
      memory[dIn[i]] = spread[i];
    }
  }

  @Override
  public int rowLength(int inputs) {
    return inputs;
  }

  @Override
  public void denseBackwardWeights(
      int images,
      int inputs,
      int outputs,
      float[] input,
      float[] memory,
      int dOut,
      float[] gradient,
      int weight,
      int bias,
      boolean accumulate) {
    for (int o = 0; o < outputs; o++) {
      float d = memory[dOut + o];
      int row = weight + o * inputs;
      if (accumulate) {
        rows.addScaled(inputs, d, input, 0, gradient, row);
        gradient[bias + o] += d;
      } else {
        rows.scale(inputs, d, input, 0, gradient, row);
        gradient[bias + o] = d;
      }
    }
  }

  @Override
  public void maxPool(Pooling p, float[] memory, float[] argmax) {
    for (int c = 0; c < p.channels(); c++) {
      if (p.tap().length == 4) {
        maxPoolOfFour(p, c, memory, argmax);
      } else {
        maxPoolOfMany(p, c, memory, argmax);
      }
    }
  }

  private static void maxPoolOfMany(Pooling p, int channel, float[] memory, float[] argmax) {
    int[] taps = p.tap();
    for (int w = 0; w < p.in().length; w++) {
      int first = p.in()[w] + channel * p.inStride();
      float best = memory[first];
      int at = 0;
      for (int t = 1; t < taps.length; t++) {
        float x = memory[first + taps[t]];
        at = x > best ? t : at;
        best = Math.max(best, x); // unlike a choice by comparison, lets a NaN through
      }
      memory[p.out()[w] + channel * p.outStride()] = best;
      argmax[channel * p.in().length + w] = at;
    }
  }

  /** Windows of two by two, without branches: they would be guessed wrong every other time. */
  private static void maxPoolOfFour(Pooling p, int channel, float[] memory, float[] argmax) {
    int[] in = p.in();
    int[] out = p.out();
    int outPlane = channel * p.outStride();
    int tap1 = channel * p.inStride() + p.tap()[1];
    int tap2 = channel * p.inStride() + p.tap()[2];
    int tap3 = channel * p.inStride() + p.tap()[3];
    for (int w = 0; w < in.length; w++) {
      float x0 = memory[in[w] + channel * p.inStride()];
      float x1 = memory[in[w] + tap1];
      float x2 = memory[in[w] + tap2];
      float x3 = memory[in[w] + tap3];
      float upper = Math.max(x0, x1);
      float lower = Math.max(x2, x3);
      int below = larger(lower, upper);
      int right = below * larger(x3, x2) + (1 - below) * larger(x1, x0);
      memory[out[w] + outPlane] = Math.max(upper, lower);
      argmax[channel * in.length + w] = 2 * below + right;
    }
  }

  /** 1 if a is larger than b, else 0. */
  private static int larger(float a, float b) {
    return Float.floatToRawIntBits(b - a) >>> 31;
  }

  @Override
  public void maxPoolBackward(Pooling p, float[] memory, float[] argmax) {
    int[] dIn = p.dIn();
    int[] dOut = p.dOut();
    int[] taps = p.dTap();
    for (int c = 0; c < p.channels(); c++) {
      int plane = c * p.dInStride();
      // what lies between the windows is zero and stays so
      int last = dIn[dIn.length - 1] + taps[taps.length - 1];
      Arrays.fill(memory, dIn[0] + plane, last + plane + 1, 0f);
      for (int w = 0; w < dIn.length; w++) {
        int at = dIn[w] + plane + taps[(int) argmax[c * dIn.length + w]];
        float d = memory[dOut[w] + c * p.dOutStride()];
        memory[at] = p.overlap() ? memory[at] + d : d;
      }
    }
  }

  @Override
  public void relu(int count, float[] memory, int at) {
    for (int i = at; i < at + count; i++) {
      memory[i] = Math.max(0f, memory[i]);
    }
  }

  @Override
  public void reluBackward(LaneLayout output, LaneLayout gradient, float[] memory) {
    int spread = gradient.spread();
    for (int c = 0; c < output.shape().channels(); c++) {
      for (int y = 0; y < output.shape().height(); y++) {
        int o = output.index(c, y, 0);
        int g = gradient.index(c, y, 0);
        for (int x = 0; x < output.shape().width(); x++) {
          memory[g + x * spread] = memory[o + x] > 0f ? memory[g + x * spread] : 0f;
        }
      }
    }
  }

  @Override
  public void add(int from, int to, float[] sum, float[] addend) {
    vectors.add(from, to, sum, addend);
  }

  @Override
  public void update(int from, int to, float[] parameters, float[] gradient, float learningRate) {
    vectors.update(from, to, parameters, gradient, learningRate);
  }
}
