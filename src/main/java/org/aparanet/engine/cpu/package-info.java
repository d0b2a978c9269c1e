/**
 * The Java engine: a session cuts a batch into slices, each of which one thread takes forward and
 * backward through all layers. The layers are in the packages below, by what the lanes of the
 * vectors hold.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.cpu;
