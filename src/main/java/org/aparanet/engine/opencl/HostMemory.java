package org.aparanet.engine.opencl;

/** How a device sees the arrays on the Java heap. */
public enum HostMemory {
  /** The device works on the arrays themselves: right for an OpenCL device of type CPU. */
  SHARED,
  /** The device has copies in memory of its own: right for everything else. */
  SEPARATE
}
