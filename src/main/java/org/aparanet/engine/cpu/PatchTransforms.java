package org.aparanet.engine.cpu;

/** The two ends of {@link Winograd}'s arithmetic, on vectors whose lanes are images. */
interface PatchTransforms {

  /**
   * Transforms the patches of a block of tiles, B' d B.
   *
   * @param first the block's first tile
   */
  void transformPatches(Winograd w, int first, float[] memory);

  /**
   * Transforms a block's sums over channels into tiles of the output, A' m A, plus bias.
   *
   * @param first the block's first tile
   * @param parameters holds the bias
   * @param relu whether negative outputs become 0
   */
  void transformSums(Winograd w, int first, float[] parameters, float[] memory, boolean relu);
}
