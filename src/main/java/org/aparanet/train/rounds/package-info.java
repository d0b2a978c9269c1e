/**
 * Rounds: training on several devices, of which each takes some steps with its share of every batch
 * before the states are averaged. A round of a share is a pure function, so that whatever device
 * computes it may do so again elsewhere.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.train.rounds;
