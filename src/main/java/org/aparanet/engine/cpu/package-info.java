/**
 * The Java engine: a session divides a batch into slices, each with a forward and backward pass
 * through all layers on one thread. The layers are in the packages below, by the content of the
 * vectors' lanes.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.cpu;
