/**
 * The network with images in the lanes of vectors: each {@code Lane...} layer holds its tables, its
 * forward pass and its backward pass; {@code LaneLayers} makes them, once for a session.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.cpu.lane;
