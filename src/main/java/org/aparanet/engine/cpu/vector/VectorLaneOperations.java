package org.aparanet.engine.cpu.vector;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lane arithmetic in the instructions of {@code jdk.incubator.vector}. Loaded by name, see {@link
 * LaneSupport}. Multiply-adds are in separate classes, by operation.
 *
 * <p>A vector is in a register only inside of one compiled method. One that is passed to a method
 * which the compiler does not inline, or chosen by a condition, is allocated on the heap. So
 * vectors are neither arguments nor results here, and tiles are written out.
 */
final class VectorLaneOperations implements LaneOperations {
  static final VectorSpecies<Float> SPECIES = species();
  private static final int LANES = SPECIES.length();

  /** Whether 32 vectors fit into the processor's registers, rather than 16. */
  static final boolean MANY_REGISTERS = registers() >= 32;

  private final VectorFilterGradients filterGradients = new VectorFilterGradients();
  private final VectorDense dense = new VectorDense();

  /** Platform's widest vectors, of at most 512 bits, or those of the system property. */
  private static VectorSpecies<Float> species() {
    int widest = Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    int bits = Integer.getInteger(LaneSupport.BITS, widest);
    return VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }

  /**
   * AVX-512 has 32 registers, and so has every ARM of 64 bits. Before AVX-512 there are 16, which
   * shorter vectors, set by the system property, therefore assume.
   */
  private static int registers() {
    boolean x86 = List.of("amd64", "x86_64", "x86").contains(System.getProperty("os.arch"));
    int usual = x86 && SPECIES.vectorBitSize() < 512 ? 16 : 32;
    return Integer.getInteger(LaneSupport.REGISTERS, usual);
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
  public int widestPanel() {
    return VectorCorrelation.WIDEST;
  }

  @Override
  public int gradientScratch(Correlation c, boolean pooled) {
    return VectorFilterGradients.scratch(c, pooled);
  }

  @Override
  public void correlate(
      Correlation c, int from, int to, float[] panels, float[] memory, boolean relu) {
    VectorCorrelation.correlate(c, from, to, panels, memory, relu);
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

  @Override
  public void correlateGradient(
      Correlation c,
      int[] dOut,
      int dOutStride,
      int from,
      int to,
      float[] memory,
      float[] d,
      float[] gradient,
      boolean accumulate) {
    filterGradients.direct(c, dOut, dOutStride, from, to, memory, d, gradient, accumulate);
  }

  @Override
  public void patchGradient(
      PatchGradient g, float[] memory, float[] scratch, float[] gradient, boolean accumulate) {
    VectorPatchGradient.compute(g, memory, scratch, gradient, accumulate);
  }

  @Override
  public void biasGradient(
      Correlation c,
      int[] dOut,
      int dOutStride,
      int from,
      int to,
      float[] d,
      float[] gradient,
      boolean accumulate) {
    filterGradients.bias(c, dOut, dOutStride, from, to, d, gradient, accumulate);
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
    VectorDense.forward(inputs, outputs, weights, weight, bias, memory, in, out, relu);
  }

  @Override
  public void denseBackwardData(
      int outputs, float[] weights, int weight, float[] memory, int dOut, int[] dIn) {
    VectorDense.backwardData(outputs, weights, weight, memory, dOut, dIn);
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
    dense.backwardWeights(inputs, outputs, memory, in, dOut, gradient, weight, bias, accumulate);
  }

  @Override
  public void maxPool(Pooling p, int from, int to, float[] memory, float[] argmax) {
    int[] in = p.in();
    int[] out = p.out();
    for (int c = from; c < to; c++) {
      for (int w = 0; w < in.length; w++) {
        int first = in[w] + c * p.inStride();
        int[] taps = p.tap()[w];
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
  public void maxima(Pooling p, int from, int to, float[] memory) {
    int[] in = p.in();
    int[] out = p.out();
    for (int c = from; c < to; c++) {
      for (int w = 0; w < in.length; w++) {
        int first = in[w] + c * p.inStride();
        int[] taps = p.tap()[w];
        FloatVector best = FloatVector.fromArray(SPECIES, memory, first);
        for (int t = 1; t < taps.length; t++) {
          best = best.max(FloatVector.fromArray(SPECIES, memory, first + taps[t]));
        }
        best.intoArray(memory, out[w] + c * p.outStride());
      }
    }
  }

  @Override
  public void correlateAndTakeMaxima(
      Correlation c, Pooling p, int from, int to, float[] panels, float[] memory) {
    boolean inRegisters = MANY_REGISTERS && c.outputs() % 4 == 0;
    for (int w = from; w < to; w++) {
      if (inRegisters) {
        for (int m = 0; m < c.outputs(); m += 4) {
          VectorPooledCorrelation.fourMaxima(c, p, m, w, panels, memory);
        }
      } else {
        int p0 = 4 * w;
        VectorCorrelation.fourPositions(c, p0, p0 + 1, p0 + 2, p0 + 3, panels, memory);
        maximaOfFour(c, p, w, memory);
      }
    }
  }

  private static void maximaOfFour(Correlation c, Pooling p, int w, float[] memory) {
    int from = c.out()[4 * w];
    int to = p.out()[w];
    for (int m = 0; m < c.outputs(); m++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, from);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, from + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, memory, from + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(SPECIES, memory, from + 3 * LANES);
      FloatVector left = x0.blend(x1, x1.compare(VectorOperators.GT, x0));
      FloatVector right = x2.blend(x3, x3.compare(VectorOperators.GT, x2));
      FloatVector largest = left.blend(right, right.compare(VectorOperators.GT, left));
      FloatVector sum = x0.add(x1).add(x2.add(x3)); // shows a NaN
      largest.blend(sum, sum.compare(VectorOperators.NE, sum)).intoArray(memory, to);
      from += c.outStride();
      to += p.outStride();
    }
  }

  @Override
  public void correlateAndPool(
      Correlation c, Pooling p, int from, int to, float[] panels, float[] memory, float[] argmax) {
    for (int w = from; w < to; w++) {
      int p0 = 4 * w;
      VectorCorrelation.fourPositions(c, p0, p0 + 1, p0 + 2, p0 + 3, panels, memory);
      poolOutputs(c, p, w, memory, argmax);
    }
  }

  private static void poolOutputs(Correlation c, Pooling p, int w, float[] memory, float[] argmax) {
    int from = c.out()[4 * w];
    int to = p.out()[w];
    int at = w * LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int m = 0; m < c.outputs(); m++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, memory, from);
      FloatVector x1 = FloatVector.fromArray(SPECIES, memory, from + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, memory, from + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(SPECIES, memory, from + 3 * LANES);
      VectorMask<Float> above = x1.compare(VectorOperators.GT, x0);
      FloatVector tap = zero.blend(1f, above);
      FloatVector best = x0.blend(x1, above);
      above = x2.compare(VectorOperators.GT, best);
      tap = tap.blend(2f, above);
      best = best.blend(x2, above);
      above = x3.compare(VectorOperators.GT, best);
      tap = tap.blend(3f, above);
      best = best.blend(x3, above);
      // a NaN must not get lost in comparisons; and here it costs less than in four maxima
      FloatVector sum = x0.add(x1).add(x2.add(x3));
      best.blend(sum, sum.compare(VectorOperators.NE, sum)).intoArray(memory, to);
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
      int from,
      int to,
      float[] memory,
      float[] argmax,
      float[] gradient,
      boolean accumulate) {
    filterGradients.pooled(c, p, from, to, memory, argmax, gradient, accumulate);
  }

  @Override
  public void maxPoolBackward(Pooling p, int from, int to, float[] memory, float[] argmax) {
    int[] dIn = p.dIn();
    int[] dOut = p.dOut();
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int c = from; c < to; c++) {
      if (p.overlap()) {
        clear(p, c * p.dInStride(), memory);
      }
      for (int w = 0; w < dIn.length; w++) {
        FloatVector at = FloatVector.fromArray(SPECIES, argmax, (c * dIn.length + w) * LANES);
        FloatVector d = FloatVector.fromArray(SPECIES, memory, dOut[w] + c * p.dOutStride());
        int first = dIn[w] + c * p.dInStride();
        int[] taps = p.dTap()[w];
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

  private static void clear(Pooling p, int offset, float[] memory) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int w = 0; w < p.dIn().length; w++) {
      for (int tap : p.dTap()[w]) {
        zero.intoArray(memory, p.dIn()[w] + offset + tap);
      }
    }
  }

  @Override
  public void relu(int count, float[] memory, int at) {
    clearNegative(count, memory, at);
  }

  static void clearNegative(int count, float[] memory, int at) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = at; i < at + count; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, memory, i);
      x.blend(zero, x.compare(VectorOperators.LT, zero)).intoArray(memory, i); // a NaN stays
    }
  }
}
