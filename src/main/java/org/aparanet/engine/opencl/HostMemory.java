package org.aparanet.engine.opencl;

/** Access of a device to arrays on the Java heap. */
public enum HostMemory {
  /** The device uses the arrays in place; for OpenCL devices of type CPU. */
  SHARED,
  /** The device has copies in its own memory; for all other devices. */
  SEPARATE
}
