/**
 * The network in plain Java, where there are no vector instructions, and the oracle for the others:
 * each {@code Scalar...} layer holds its activations, its forward pass and its backward pass.
 */
package org.aparanet.engine.cpu.scalar;
