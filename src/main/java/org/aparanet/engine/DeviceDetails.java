package org.aparanet.engine;

import java.util.Optional;

/**
 * Details of an OpenCL device and of the training kernel built for it, from its driver: what
 * somebody has to know who is to explain the device's times from afar.
 *
 * @param vendor of the platform
 * @param version of the platform; most drivers name their own in it
 * @param driverVersion of the graphics card's driver, as the system knows it; empty if it does not
 * @param localMemoryBytes of a compute unit, for one work-group
 * @param largestAllocationBytes in one piece
 * @param largestWorkGroup in work-items, whatever the kernel
 * @param build the kernel; empty if it could not be built
 * @param said what was printed while it was built, errors as well; empty if nothing
 */
public record DeviceDetails(
    String vendor,
    String version,
    Optional<String> driverVersion,
    long localMemoryBytes,
    long largestAllocationBytes,
    int largestWorkGroup,
    Optional<KernelBuild> build,
    String said) {

  /**
   * The training kernel, as it was built.
   *
   * @param seconds from Java to the driver's program
   * @param anew whether drivers were told not to take what they had kept from earlier
   * @param workGroup work-items of a work-group, as it is executed
   * @param largestWorkGroup that the driver allows for it
   * @param preferredMultiple of work-items that the driver would have a work-group be: a warp, or a
   *     wavefront
   * @param localMemoryBytes of a work-group
   * @param privateMemoryBytes of a work-item: what does not fit its registers, on most cards
   */
  public record KernelBuild(
      double seconds,
      boolean anew,
      int workGroup,
      int largestWorkGroup,
      int preferredMultiple,
      long localMemoryBytes,
      long privateMemoryBytes) {}
}
