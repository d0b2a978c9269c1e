package org.aparanet.train;

import org.aparanet.train.evaluate.Score;

/**
 * The best epoch so far.
 *
 * @param epoch its number, from 1
 * @param score what its parameters achieved
 * @param parameters those after it; not copied
 */
public record Best(int epoch, Score score, float[] parameters) {}
