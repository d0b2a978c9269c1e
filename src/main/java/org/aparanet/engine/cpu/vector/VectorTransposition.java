package org.aparanet.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposition of a matrix whose rows are vectors.
 *
 * <p>Squares of as many rows as lanes are transposed in the registers, 4, 8 or 16: for each bit of
 * the number of a row, elements above the diagonal change places with those below it, two bits in a
 * pass.
 */
final class VectorTransposition {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();

  private static final VectorShuffle<Float> NEIGHBOUR_1 = neighbour(1);
  private static final VectorShuffle<Float> NEIGHBOUR_2 = neighbour(2);
  private static final VectorShuffle<Float> NEIGHBOUR_4 = neighbour(4);
  private static final VectorShuffle<Float> NEIGHBOUR_8 = neighbour(8);
  private static final VectorMask<Float> ODD_1 = odd(1);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_8 = odd(8);

  private VectorTransposition() {}

  /** To each lane, the one whose number differs in one bit. */
  private static VectorShuffle<Float> neighbour(int bit) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ bit) % LANES);
  }

  /** The lanes in whose number a bit is set. */
  private static VectorMask<Float> odd(int bit) {
    boolean[] set = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      set[lane] = (lane & bit) != 0;
    }
    return VectorMask.fromArray(SPECIES, set, 0);
  }

  /**
   * Transposes a matrix of [rows, LANES] into one of [LANES, rows].
   *
   * @param from index of the first row in {@code matrix}
   * @param stride from one row to the next, in floats
   * @param to index of the first row in {@code transposed}
   * @param transposedStride from one row of that to the next
   */
  static void transpose(
      float[] matrix,
      int from,
      int stride,
      int rows,
      float[] transposed,
      int to,
      int transposedStride) {
    int squares = rows / LANES * LANES;
    for (int row = 0; row < squares; row += LANES) {
      fourRows(matrix, from + row * stride, stride, transposed, to + row, transposedStride);
      if (LANES > 4) {
        fourthRows(transposed, to + row, transposedStride);
      }
    }
    for (int row = squares; row < rows; row++) {
      int at = from + row * stride;
      for (int lane = 0; lane < LANES; lane++) {
        transposed[to + lane * transposedStride + row] = matrix[at + lane];
      }
    }
  }

  /** Bits 1 and 2 of a square. */
  private static void fourRows(
      float[] matrix, int from, int stride, float[] square, int to, int squareStride) {
    for (int i = 0; i < LANES; i += 4) {
      int at = from + i * stride;
      FloatVector r0 = FloatVector.fromArray(SPECIES, matrix, at);
      FloatVector r1 = FloatVector.fromArray(SPECIES, matrix, at + stride);
      FloatVector r2 = FloatVector.fromArray(SPECIES, matrix, at + 2 * stride);
      FloatVector r3 = FloatVector.fromArray(SPECIES, matrix, at + 3 * stride);
      FloatVector s0 = r0.blend(r1.rearrange(NEIGHBOUR_1), ODD_1);
      FloatVector s1 = r0.rearrange(NEIGHBOUR_1).blend(r1, ODD_1);
      FloatVector s2 = r2.blend(r3.rearrange(NEIGHBOUR_1), ODD_1);
      FloatVector s3 = r2.rearrange(NEIGHBOUR_1).blend(r3, ODD_1);
      int row = to + i * squareStride;
      s0.blend(s2.rearrange(NEIGHBOUR_2), ODD_2).intoArray(square, row);
      s1.blend(s3.rearrange(NEIGHBOUR_2), ODD_2).intoArray(square, row + squareStride);
      s0.rearrange(NEIGHBOUR_2).blend(s2, ODD_2).intoArray(square, row + 2 * squareStride);
      s1.rearrange(NEIGHBOUR_2).blend(s3, ODD_2).intoArray(square, row + 3 * squareStride);
    }
  }

  /** Bit 4 of a square, and bit 8 where there are 16 lanes. */
  private static void fourthRows(float[] square, int at, int stride) {
    for (int i = 0; i < 4; i++) {
      int row = at + i * stride;
      FloatVector r0 = FloatVector.fromArray(SPECIES, square, row);
      FloatVector r1 = FloatVector.fromArray(SPECIES, square, row + 4 * stride);
      FloatVector s0 = r0.blend(r1.rearrange(NEIGHBOUR_4), ODD_4);
      FloatVector s1 = r0.rearrange(NEIGHBOUR_4).blend(r1, ODD_4);
      if (LANES == 8) {
        s0.intoArray(square, row);
        s1.intoArray(square, row + 4 * stride);
      } else {
        FloatVector r2 = FloatVector.fromArray(SPECIES, square, row + 8 * stride);
        FloatVector r3 = FloatVector.fromArray(SPECIES, square, row + 12 * stride);
        FloatVector s2 = r2.blend(r3.rearrange(NEIGHBOUR_4), ODD_4);
        FloatVector s3 = r2.rearrange(NEIGHBOUR_4).blend(r3, ODD_4);
        s0.blend(s2.rearrange(NEIGHBOUR_8), ODD_8).intoArray(square, row);
        s1.blend(s3.rearrange(NEIGHBOUR_8), ODD_8).intoArray(square, row + 4 * stride);
        s0.rearrange(NEIGHBOUR_8).blend(s2, ODD_8).intoArray(square, row + 8 * stride);
        s1.rearrange(NEIGHBOUR_8).blend(s3, ODD_8).intoArray(square, row + 12 * stride);
      }
    }
  }
}
