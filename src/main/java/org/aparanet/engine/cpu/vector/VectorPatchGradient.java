package org.aparanet.engine.cpu.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link PatchGradient}'s arithmetic. */
final class VectorPatchGradient {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int STEPS = VectorStepProducts.STEPS;

  private VectorPatchGradient() {}

  /** See {@link LaneOperations#patchGradient}. */
  static void compute(
      PatchGradient g, float[] memory, float[] scratch, float[] gradient, boolean accumulate) {
    Correlation c = g.outputs();
    int positions = c.in().length;
    for (int first = 0; first < positions; first += PatchGradient.CHUNK) {
      int end = Math.min(positions, first + PatchGradient.CHUNK);
      for (int f = g.from(); f < g.to(); f += g.group()) {
        int outputs = Math.min(g.group(), g.to() - f);
        addUp(g, first, end, f, outputs, memory, scratch);
        store(g, f, outputs, scratch, gradient, accumulate || first > 0);
      }
    }
  }

  /** Sums over positions {@code first} to {@code end} (exclusive), for a group of outputs. */
  private static void addUp(
      PatchGradient g, int first, int end, int f, int outputs, float[] memory, float[] scratch) {
    Correlation c = g.outputs();
    int taps = c.tap().length;
    int turned = g.turned(LANES);
    int sums = g.sums(LANES);
    int depth = (outputs + LANES - 1) / LANES * LANES;
    Arrays.fill(scratch, sums, sums + taps * depth, 0f);
    for (int p = first; p < end; p += Winograd.BLOCK) {
      for (int t = 0; t < Winograd.BLOCK; t++) {
        int to = turned + t * LANES * depth;
        if (p + t < end) {
          gather(c, c.in()[p + t], memory, scratch, t * LANES);
          int at = g.dOut()[p + t] + f * g.dOutStride();
          VectorTransposition.transpose(memory, at, g.dOutStride(), outputs, scratch, to, depth);
        } else {
          Arrays.fill(scratch, to, to + LANES * depth, 0f);
          clear(taps, scratch, t * LANES);
        }
      }
      VectorStepProducts.add(taps, scratch, 0, scratch, turned, depth, sums);
    }
  }

  /** The inputs under a filter, tap by tap. */
  private static void gather(Correlation c, int in, float[] memory, float[] scratch, int to) {
    int[] tap = c.tap();
    for (int k = 0; k < tap.length; k++) {
      FloatVector.fromArray(SPECIES, memory, in + tap[k]).intoArray(scratch, to + k * STEPS);
    }
  }

  private static void clear(int taps, float[] scratch, int to) {
    for (int k = 0; k < taps; k++) {
      Arrays.fill(scratch, to + k * STEPS, to + k * STEPS + LANES, 0f);
    }
  }

  /** Adds sums to the gradient, or replaces it: a vector of outputs at a time, their taps first. */
  private static void store(
      PatchGradient g, int f, int outputs, float[] scratch, float[] gradient, boolean accumulate) {
    Correlation c = g.outputs();
    int taps = c.tap().length;
    int depth = (outputs + LANES - 1) / LANES * LANES;
    int row = (taps + LANES - 1) / LANES * LANES + LANES;
    for (int v = 0; v < outputs; v += LANES) {
      VectorTransposition.transpose(scratch, g.sums(LANES) + v, depth, taps, scratch, 0, row);
      for (int n = v; n < Math.min(v + LANES, outputs); n++) {
        int from = (n - v) * row;
        int to = c.weight() + (f + n) * c.weightStride() + c.weightTap()[0];
        for (int k = 0; k < taps; k++) {
          gradient[to + k] = accumulate ? gradient[to + k] + scratch[from + k] : scratch[from + k];
        }
      }
    }
  }
}
