/**
 * The network with channels of one image in the lanes of vectors, for batches too small to fill
 * vectors with images: each {@code Channel...} layer holds its tables, its forward pass and its
 * backward pass.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.cpu.channel;
