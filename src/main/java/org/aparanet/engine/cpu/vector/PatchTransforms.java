package org.aparanet.engine.cpu.vector;

/**
 * Transformations of {@link Winograd}'s patches, sums and filters' gradients, on vectors whose
 * lanes are images.
 */
public interface PatchTransforms {

  /**
   * Transforms the patches of a block of tiles, B' d B.
   *
   * @param first the block's first tile
   */
  void transformPatches(Winograd w, int first, float[] memory);

  /**
   * Sums over the channels of a block's transformed patches, times transformed filters, at all
   * places.
   *
   * @param panels of each place, see {@link Panels}
   */
  void multiply(Winograd w, float[][] panels, float[] memory);

  /**
   * Transforms a block's sums over channels into tiles of the output, A' m A, plus bias.
   *
   * @param first the block's first tile
   * @param parameters holds the bias
   * @param relu whether negative outputs become 0
   */
  void transformSums(Winograd w, int first, float[] parameters, float[] memory, boolean relu);

  /**
   * Gradient of filters.
   *
   * @param memory holds inputs and gradients of the outputs
   * @param scratch {@link WinogradGradient#scratch} floats
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void filterGradient(
      WinogradGradient g, float[] memory, float[] scratch, float[] gradient, boolean accumulate);
}
