/**
 * Device code: Aparapi kernels, one for each operation and one to one with the files in {@code
 * kernels/}, the superclasses whose functions they share, and {@link
 * org.aparanet.engine.opencl.kernel.TrainingKernel}, which runs a whole network. {@link
 * org.aparanet.engine.opencl.kernel.Pass} has the fields of an operation's row in the pass table;
 * {@link org.aparanet.engine.opencl.kernel.DeviceState} is the host's side of the training kernel's
 * arrays.
 *
 * <p>The glossary in docs/architecture.md explains the terms.
 */
package org.aparanet.engine.opencl.kernel;
