/**
 * Checkpoints of a training, as files from which another process can continue it.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.train.checkpoint;
