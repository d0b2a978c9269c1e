package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.engine.cpu.vector.LaneOperations;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.engine.cpu.vector.PatchGradient;
import org.aparanet.engine.cpu.vector.PatchTransforms;
import org.aparanet.engine.cpu.vector.PlaneOperations;
import org.aparanet.engine.cpu.vector.WinogradGradient;

/**
 * Part of the work on a slice, with arithmetic and scratch of its own, so that threads compute
 * several parts at a time. Which part computes a number does not change its bits.
 */
final class LanePart {
  final LaneOperations operations = LaneSupport.operations();
  final PlaneOperations planes = LaneSupport.planeOperations();
  final PatchTransforms transforms = LaneSupport.patchTransforms();

  /** Scratch of {@link WinogradGradient} and {@link PatchGradient}. */
  final float[] filterScratch;

  /** Number of this part, from 0. */
  final int index;

  private final int count;

  /**
   * @param index number of this part, from 0
   * @param count parts in all
   * @param filterScratch floats of scratch that the gradients of filters need
   */
  LanePart(int index, int count, int filterScratch) {
    this.index = index;
    this.count = count;
    this.filterScratch = new float[filterScratch];
  }

  /** First of {@code units} pieces of work that is this part's. */
  int from(int units) {
    return (int) ((long) units * index / count);
  }

  /** First piece of work behind this part's. */
  int to(int units) {
    return (int) ((long) units * (index + 1) / count);
  }

  /** First of {@code all} elements that is this part's, where it takes whole blocks of them. */
  int from(int all, int block) {
    return Math.min(all, from((all + block - 1) / block) * block);
  }

  /** First element behind this part's, as {@link #from(int, int)}. */
  int to(int all, int block) {
    return Math.min(all, to((all + block - 1) / block) * block);
  }

  /** Channels of a tensor that are this part's. */
  LaneLayout of(LaneLayout tensor) {
    int channels = tensor.shape().channels();
    return tensor.channels(from(channels), to(channels));
  }
}
