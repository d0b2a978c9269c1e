package org.aparanet.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of products over taps as of {@link VectorCorrelation}, of which only the maxima in windows
 * of four positions are kept, without their positions: they are found while the sums are in
 * registers. For processors with 32 of them.
 */
final class VectorPooledCorrelation {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;

  private VectorPooledCorrelation() {}

  /**
   * Maxima of four output channels in a window.
   *
   * @param m the first of them
   * @param window its positions are {@code 4 * window} and the next three
   */
  static void fourMaxima(
      Correlation c, Pooling p, int m, int window, float[] panels, float[] memory) {
    int[] taps = c.tap();
    int i0 = c.in()[4 * window];
    int i1 = c.in()[4 * window + 1];
    int i2 = c.in()[4 * window + 2];
    int i3 = c.in()[4 * window + 3];
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
    int to = p.out()[window] + m * p.outStride();
    FloatVector left0 = s00.blend(s01, s01.compare(VectorOperators.GT, s00));
    FloatVector right0 = s02.blend(s03, s03.compare(VectorOperators.GT, s02));
    FloatVector best0 = left0.blend(right0, right0.compare(VectorOperators.GT, left0));
    FloatVector sum0 = s00.add(s01).add(s02.add(s03)); // shows a NaN
    best0.blend(sum0, sum0.compare(VectorOperators.NE, sum0)).intoArray(memory, to);
    to += p.outStride();
    FloatVector left1 = s10.blend(s11, s11.compare(VectorOperators.GT, s10));
    FloatVector right1 = s12.blend(s13, s13.compare(VectorOperators.GT, s12));
    FloatVector best1 = left1.blend(right1, right1.compare(VectorOperators.GT, left1));
    FloatVector sum1 = s10.add(s11).add(s12.add(s13)); // shows a NaN
    best1.blend(sum1, sum1.compare(VectorOperators.NE, sum1)).intoArray(memory, to);
    to += p.outStride();
    FloatVector left2 = s20.blend(s21, s21.compare(VectorOperators.GT, s20));
    FloatVector right2 = s22.blend(s23, s23.compare(VectorOperators.GT, s22));
    FloatVector best2 = left2.blend(right2, right2.compare(VectorOperators.GT, left2));
    FloatVector sum2 = s20.add(s21).add(s22.add(s23)); // shows a NaN
    best2.blend(sum2, sum2.compare(VectorOperators.NE, sum2)).intoArray(memory, to);
    to += p.outStride();
    FloatVector left3 = s30.blend(s31, s31.compare(VectorOperators.GT, s30));
    FloatVector right3 = s32.blend(s33, s33.compare(VectorOperators.GT, s32));
    FloatVector best3 = left3.blend(right3, right3.compare(VectorOperators.GT, left3));
    FloatVector sum3 = s30.add(s31).add(s32.add(s33)); // shows a NaN
    best3.blend(sum3, sum3.compare(VectorOperators.NE, sum3)).intoArray(memory, to);
  }
}
