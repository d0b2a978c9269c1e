package org.aparanet.engine.cpu;

import org.aparanet.engine.cpu.slice.DropoutStep;

/**
 * Images of a step or of an inference.
 *
 * @param indices of the images in the session
 * @param from index of the first entry of {@code indices} to use
 * @param count number of images
 * @param dropout what a step drops; null for inference
 */
record Batch(int[] indices, int from, int count, DropoutStep dropout) {}
