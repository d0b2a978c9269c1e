package org.aparanet.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices whose lanes are output channels, as gradients of filters have them: no sum
 * is across lanes.
 *
 * <pre>
 * sums[c, f] += sum over steps j of x[c, j] * y[j, f]
 *
 * x: [inputs, STEPS]     y: [STEPS, depth]     sums: [inputs + SPARE, depth]
 * </pre>
 *
 * <p>The depth is the number of output channels, rounded up to whole vectors; steps are the images
 * of a block of positions. Which tile adds up a sum does not change its bits.
 */
final class VectorStepProducts {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();

  /** Images of a block, all positions together. */
  static final int STEPS = Winograd.BLOCK * LANES;

  private VectorStepProducts() {}

  /**
   * Adds products to sums; those past the last input are unused.
   *
   * @param memory holds x from {@code x} on, with {@link WinogradGradient#SPARE} more rows of any
   *     numbers
   * @param scratch holds y and the sums from {@code y} and {@code sums} on
   */
  static void add(int inputs, float[] memory, int x, float[] scratch, int y, int depth, int sums) {
    int pairs = depth / (2 * LANES) * 2 * LANES;
    int c = 0;
    // rows of twelve inputs where their sums fit into the registers, of six, and the rest of four
    for (; VectorLaneOperations.MANY_REGISTERS && inputs - c >= 12; c += 12) {
      for (int f = 0; f < pairs; f += 2 * LANES) {
        twelveInputs(memory, x + c * STEPS, scratch, y + f, sums + c * depth + f, depth);
      }
    }
    for (; inputs - c > 8 || inputs - c == 6 || inputs - c == 5; c += 6) {
      for (int f = 0; f < pairs; f += 2 * LANES) {
        sixInputs(memory, x + c * STEPS, scratch, y + f, sums + c * depth + f, depth);
      }
    }
    for (; c < inputs; c += 4) {
      for (int f = 0; f < pairs; f += 2 * LANES) {
        fourInputs(memory, x + c * STEPS, scratch, y + f, sums + c * depth + f, depth);
      }
    }
    for (c = 0; pairs < depth && c < inputs; c += 8) {
      int m = sums + c * depth + pairs;
      eightInputs(memory, x + c * STEPS, scratch, y + pairs, m, depth);
    }
  }

  /** Products of twelve inputs and two vectors of outputs: added to 24 sums. */
  private static void twelveInputs(
      float[] memory, int v, float[] scratch, int at, int m, int depth) {
    FloatVector s0a = FloatVector.fromArray(SPECIES, scratch, m);
    FloatVector s0b = FloatVector.fromArray(SPECIES, scratch, m + LANES);
    FloatVector s1a = FloatVector.fromArray(SPECIES, scratch, m + depth);
    FloatVector s1b = FloatVector.fromArray(SPECIES, scratch, m + depth + LANES);
    FloatVector s2a = FloatVector.fromArray(SPECIES, scratch, m + 2 * depth);
    FloatVector s2b = FloatVector.fromArray(SPECIES, scratch, m + 2 * depth + LANES);
    FloatVector s3a = FloatVector.fromArray(SPECIES, scratch, m + 3 * depth);
    FloatVector s3b = FloatVector.fromArray(SPECIES, scratch, m + 3 * depth + LANES);
    FloatVector s4a = FloatVector.fromArray(SPECIES, scratch, m + 4 * depth);
    FloatVector s4b = FloatVector.fromArray(SPECIES, scratch, m + 4 * depth + LANES);
    FloatVector s5a = FloatVector.fromArray(SPECIES, scratch, m + 5 * depth);
    FloatVector s5b = FloatVector.fromArray(SPECIES, scratch, m + 5 * depth + LANES);
    FloatVector s6a = FloatVector.fromArray(SPECIES, scratch, m + 6 * depth);
    FloatVector s6b = FloatVector.fromArray(SPECIES, scratch, m + 6 * depth + LANES);
    FloatVector s7a = FloatVector.fromArray(SPECIES, scratch, m + 7 * depth);
    FloatVector s7b = FloatVector.fromArray(SPECIES, scratch, m + 7 * depth + LANES);
    FloatVector s8a = FloatVector.fromArray(SPECIES, scratch, m + 8 * depth);
    FloatVector s8b = FloatVector.fromArray(SPECIES, scratch, m + 8 * depth + LANES);
    FloatVector s9a = FloatVector.fromArray(SPECIES, scratch, m + 9 * depth);
    FloatVector s9b = FloatVector.fromArray(SPECIES, scratch, m + 9 * depth + LANES);
    FloatVector s10a = FloatVector.fromArray(SPECIES, scratch, m + 10 * depth);
    FloatVector s10b = FloatVector.fromArray(SPECIES, scratch, m + 10 * depth + LANES);
    FloatVector s11a = FloatVector.fromArray(SPECIES, scratch, m + 11 * depth);
    FloatVector s11b = FloatVector.fromArray(SPECIES, scratch, m + 11 * depth + LANES);
    for (int j = v; j < v + STEPS; j++) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, scratch, at);
      FloatVector y1 = FloatVector.fromArray(SPECIES, scratch, at + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, memory[j]);
      s0a = y0.fma(x, s0a);
      s0b = y1.fma(x, s0b);
      x = FloatVector.broadcast(SPECIES, memory[j + STEPS]);
      s1a = y0.fma(x, s1a);
      s1b = y1.fma(x, s1b);
      x = FloatVector.broadcast(SPECIES, memory[j + 2 * STEPS]);
      s2a = y0.fma(x, s2a);
      s2b = y1.fma(x, s2b);
      x = FloatVector.broadcast(SPECIES, memory[j + 3 * STEPS]);
      s3a = y0.fma(x, s3a);
      s3b = y1.fma(x, s3b);
      x = FloatVector.broadcast(SPECIES, memory[j + 4 * STEPS]);
      s4a = y0.fma(x, s4a);
      s4b = y1.fma(x, s4b);
      x = FloatVector.broadcast(SPECIES, memory[j + 5 * STEPS]);
      s5a = y0.fma(x, s5a);
      s5b = y1.fma(x, s5b);
      x = FloatVector.broadcast(SPECIES, memory[j + 6 * STEPS]);
      s6a = y0.fma(x, s6a);
      s6b = y1.fma(x, s6b);
      x = FloatVector.broadcast(SPECIES, memory[j + 7 * STEPS]);
      s7a = y0.fma(x, s7a);
      s7b = y1.fma(x, s7b);
      x = FloatVector.broadcast(SPECIES, memory[j + 8 * STEPS]);
      s8a = y0.fma(x, s8a);
      s8b = y1.fma(x, s8b);
      x = FloatVector.broadcast(SPECIES, memory[j + 9 * STEPS]);
      s9a = y0.fma(x, s9a);
      s9b = y1.fma(x, s9b);
      x = FloatVector.broadcast(SPECIES, memory[j + 10 * STEPS]);
      s10a = y0.fma(x, s10a);
      s10b = y1.fma(x, s10b);
      x = FloatVector.broadcast(SPECIES, memory[j + 11 * STEPS]);
      s11a = y0.fma(x, s11a);
      s11b = y1.fma(x, s11b);
      at += depth;
    }
    s0a.intoArray(scratch, m);
    s0b.intoArray(scratch, m + LANES);
    s1a.intoArray(scratch, m + depth);
    s1b.intoArray(scratch, m + depth + LANES);
    s2a.intoArray(scratch, m + 2 * depth);
    s2b.intoArray(scratch, m + 2 * depth + LANES);
    s3a.intoArray(scratch, m + 3 * depth);
    s3b.intoArray(scratch, m + 3 * depth + LANES);
    s4a.intoArray(scratch, m + 4 * depth);
    s4b.intoArray(scratch, m + 4 * depth + LANES);
    s5a.intoArray(scratch, m + 5 * depth);
    s5b.intoArray(scratch, m + 5 * depth + LANES);
    s6a.intoArray(scratch, m + 6 * depth);
    s6b.intoArray(scratch, m + 6 * depth + LANES);
    s7a.intoArray(scratch, m + 7 * depth);
    s7b.intoArray(scratch, m + 7 * depth + LANES);
    s8a.intoArray(scratch, m + 8 * depth);
    s8b.intoArray(scratch, m + 8 * depth + LANES);
    s9a.intoArray(scratch, m + 9 * depth);
    s9b.intoArray(scratch, m + 9 * depth + LANES);
    s10a.intoArray(scratch, m + 10 * depth);
    s10b.intoArray(scratch, m + 10 * depth + LANES);
    s11a.intoArray(scratch, m + 11 * depth);
    s11b.intoArray(scratch, m + 11 * depth + LANES);
  }

  /** Products of six inputs and two vectors of outputs: added to twelve sums. */
  private static void sixInputs(float[] memory, int v, float[] scratch, int at, int m, int depth) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, scratch, m);
    FloatVector s01 = FloatVector.fromArray(SPECIES, scratch, m + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, scratch, m + depth);
    FloatVector s11 = FloatVector.fromArray(SPECIES, scratch, m + depth + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, scratch, m + 2 * depth);
    FloatVector s21 = FloatVector.fromArray(SPECIES, scratch, m + 2 * depth + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, scratch, m + 3 * depth);
    FloatVector s31 = FloatVector.fromArray(SPECIES, scratch, m + 3 * depth + LANES);
    FloatVector s40 = FloatVector.fromArray(SPECIES, scratch, m + 4 * depth);
    FloatVector s41 = FloatVector.fromArray(SPECIES, scratch, m + 4 * depth + LANES);
    FloatVector s50 = FloatVector.fromArray(SPECIES, scratch, m + 5 * depth);
    FloatVector s51 = FloatVector.fromArray(SPECIES, scratch, m + 5 * depth + LANES);
    for (int j = v; j < v + STEPS; j++) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, scratch, at);
      FloatVector y1 = FloatVector.fromArray(SPECIES, scratch, at + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, memory[j]);
      s00 = y0.fma(x, s00);
      s01 = y1.fma(x, s01);
      x = FloatVector.broadcast(SPECIES, memory[j + STEPS]);
      s10 = y0.fma(x, s10);
      s11 = y1.fma(x, s11);
      x = FloatVector.broadcast(SPECIES, memory[j + 2 * STEPS]);
      s20 = y0.fma(x, s20);
      s21 = y1.fma(x, s21);
      x = FloatVector.broadcast(SPECIES, memory[j + 3 * STEPS]);
      s30 = y0.fma(x, s30);
      s31 = y1.fma(x, s31);
      x = FloatVector.broadcast(SPECIES, memory[j + 4 * STEPS]);
      s40 = y0.fma(x, s40);
      s41 = y1.fma(x, s41);
      x = FloatVector.broadcast(SPECIES, memory[j + 5 * STEPS]);
      s50 = y0.fma(x, s50);
      s51 = y1.fma(x, s51);
      at += depth;
    }
    s00.intoArray(scratch, m);
    s01.intoArray(scratch, m + LANES);
    s10.intoArray(scratch, m + depth);
    s11.intoArray(scratch, m + depth + LANES);
    s20.intoArray(scratch, m + 2 * depth);
    s21.intoArray(scratch, m + 2 * depth + LANES);
    s30.intoArray(scratch, m + 3 * depth);
    s31.intoArray(scratch, m + 3 * depth + LANES);
    s40.intoArray(scratch, m + 4 * depth);
    s41.intoArray(scratch, m + 4 * depth + LANES);
    s50.intoArray(scratch, m + 5 * depth);
    s51.intoArray(scratch, m + 5 * depth + LANES);
  }

  /** Products of four inputs and two vectors of outputs; sums past the last input are unused. */
  private static void fourInputs(float[] memory, int v, float[] scratch, int at, int m, int depth) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, scratch, m);
    FloatVector s01 = FloatVector.fromArray(SPECIES, scratch, m + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, scratch, m + depth);
    FloatVector s11 = FloatVector.fromArray(SPECIES, scratch, m + depth + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, scratch, m + 2 * depth);
    FloatVector s21 = FloatVector.fromArray(SPECIES, scratch, m + 2 * depth + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, scratch, m + 3 * depth);
    FloatVector s31 = FloatVector.fromArray(SPECIES, scratch, m + 3 * depth + LANES);
    for (int j = v; j < v + STEPS; j++) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, scratch, at);
      FloatVector y1 = FloatVector.fromArray(SPECIES, scratch, at + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, memory[j]);
      s00 = y0.fma(x, s00);
      s01 = y1.fma(x, s01);
      x = FloatVector.broadcast(SPECIES, memory[j + STEPS]);
      s10 = y0.fma(x, s10);
      s11 = y1.fma(x, s11);
      x = FloatVector.broadcast(SPECIES, memory[j + 2 * STEPS]);
      s20 = y0.fma(x, s20);
      s21 = y1.fma(x, s21);
      x = FloatVector.broadcast(SPECIES, memory[j + 3 * STEPS]);
      s30 = y0.fma(x, s30);
      s31 = y1.fma(x, s31);
      at += depth;
    }
    s00.intoArray(scratch, m);
    s01.intoArray(scratch, m + LANES);
    s10.intoArray(scratch, m + depth);
    s11.intoArray(scratch, m + depth + LANES);
    s20.intoArray(scratch, m + 2 * depth);
    s21.intoArray(scratch, m + 2 * depth + LANES);
    s30.intoArray(scratch, m + 3 * depth);
    s31.intoArray(scratch, m + 3 * depth + LANES);
  }

  /** Products of eight inputs and one vector of outputs; sums past the last input are unused. */
  private static void eightInputs(
      float[] memory, int v, float[] scratch, int at, int m, int depth) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, scratch, m);
    FloatVector s1 = FloatVector.fromArray(SPECIES, scratch, m + depth);
    FloatVector s2 = FloatVector.fromArray(SPECIES, scratch, m + 2 * depth);
    FloatVector s3 = FloatVector.fromArray(SPECIES, scratch, m + 3 * depth);
    FloatVector s4 = FloatVector.fromArray(SPECIES, scratch, m + 4 * depth);
    FloatVector s5 = FloatVector.fromArray(SPECIES, scratch, m + 5 * depth);
    FloatVector s6 = FloatVector.fromArray(SPECIES, scratch, m + 6 * depth);
    FloatVector s7 = FloatVector.fromArray(SPECIES, scratch, m + 7 * depth);
    for (int j = v; j < v + STEPS; j++) {
      FloatVector y = FloatVector.fromArray(SPECIES, scratch, at);
      s0 = y.fma(FloatVector.broadcast(SPECIES, memory[j]), s0);
      s1 = y.fma(FloatVector.broadcast(SPECIES, memory[j + STEPS]), s1);
      s2 = y.fma(FloatVector.broadcast(SPECIES, memory[j + 2 * STEPS]), s2);
      s3 = y.fma(FloatVector.broadcast(SPECIES, memory[j + 3 * STEPS]), s3);
      s4 = y.fma(FloatVector.broadcast(SPECIES, memory[j + 4 * STEPS]), s4);
      s5 = y.fma(FloatVector.broadcast(SPECIES, memory[j + 5 * STEPS]), s5);
      s6 = y.fma(FloatVector.broadcast(SPECIES, memory[j + 6 * STEPS]), s6);
      s7 = y.fma(FloatVector.broadcast(SPECIES, memory[j + 7 * STEPS]), s7);
      at += depth;
    }
    s0.intoArray(scratch, m);
    s1.intoArray(scratch, m + depth);
    s2.intoArray(scratch, m + 2 * depth);
    s3.intoArray(scratch, m + 3 * depth);
    s4.intoArray(scratch, m + 4 * depth);
    s5.intoArray(scratch, m + 5 * depth);
    s6.intoArray(scratch, m + 6 * depth);
    s7.intoArray(scratch, m + 7 * depth);
  }
}
