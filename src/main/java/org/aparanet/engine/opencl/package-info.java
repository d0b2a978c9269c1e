/**
 * The OpenCL engine: devices and their drivers, and the session that trains a network on one of
 * them with everything resident there. {@link org.aparanet.engine.opencl.plan} lays a network out
 * as passes, {@link org.aparanet.engine.opencl.kernel} computes them. Only these three packages
 * know Aparapi.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.opencl;
