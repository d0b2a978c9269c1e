package org.aparanet.engine.cpu.vector;

/**
 * Memory layouts of a tensor between two layers.
 *
 * @param value layout of its elements
 * @param gradient layout of their gradients; null where no layer needs them
 */
public record LaneTensor(LaneLayout value, LaneLayout gradient) {}
