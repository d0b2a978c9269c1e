/**
 * Shared parts of the session and its three arithmetics (images in the lanes of vectors, channels
 * in the lanes, plain Java): the contract of a network that computes on a slice of a batch, the
 * order of parameters, and the parts of a batch normalisation.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.cpu.slice;
