/**
 * The pass table: which operation of the training kernel runs on which shapes and offsets, in which
 * order. {@link org.aparanet.engine.opencl.plan.PassTableBuilder} makes it; each kind of layer says
 * in {@code LayerKinds} which passes it has, and {@link
 * org.aparanet.engine.opencl.plan.ProductShape} how a matrix product is shared out among
 * work-groups.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.opencl.plan;
