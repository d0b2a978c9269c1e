/**
 * The network in plain Java, where there are no vector instructions, and the oracle for the others:
 * each {@code Scalar...} layer holds its activations, its forward pass and its backward pass.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.cpu.scalar;
