/**
 * The OpenCL engine: Aparapi kernels, one for each operation, and the session that runs a whole
 * network with everything resident on the device. The only package that knows Aparapi.
 */
package org.aparanet.engine.opencl;
