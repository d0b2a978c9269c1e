/**
 * Pass table: the operations of the training kernel in order, with shapes and offsets. {@link
 * org.aparanet.engine.opencl.plan.PassTableBuilder} makes it, {@code LayerKinds} has the passes of
 * each kind of layer, and {@link org.aparanet.engine.opencl.plan.ProductShape} divides a matrix
 * product among work-groups.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.opencl.plan;
