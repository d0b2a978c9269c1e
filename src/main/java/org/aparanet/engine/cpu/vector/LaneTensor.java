package org.aparanet.engine.cpu.vector;

/**
 * A tensor between two layers.
 *
 * @param value where its elements lie
 * @param gradient where their gradients lie; null where nobody needs them
 */
public record LaneTensor(LaneLayout value, LaneLayout gradient) {}
