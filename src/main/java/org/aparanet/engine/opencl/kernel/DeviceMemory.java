package org.aparanet.engine.opencl.kernel;

import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.support.HumongousArrays;

/**
 * Allocation of arrays for a device.
 *
 * @param device for messages
 * @param largestAllocation the most bytes that the device takes in one piece
 * @param separate whether the device has copies of the arrays in memory of its own
 */
public record DeviceMemory(Device device, long largestAllocation, boolean separate) {

  /**
   * @param what name of the array
   * @param elements of four bytes
   * @throws EngineException if the device takes no array of that length
   */
  void requireRoom(String what, long elements) {
    long allowed = Math.min(largestAllocation, Integer.MAX_VALUE - 8L);
    long bytes = elements * Float.BYTES;
    if (bytes > allowed) {
      throw new EngineException(
          device
              + " has no room for the "
              + what
              + ": "
              + bytes
              + " bytes in one piece, it allows "
              + allowed);
    }
  }

  /** Bytes of the array that {@link #resident} makes. */
  long residentBytes(int length) {
    return (long) Float.BYTES * (separate ? HumongousArrays.length(length) : length);
  }

  /** Array whose contents must last on the device: one that Java's collector does not move. */
  float[] resident(int length) {
    return separate ? HumongousArrays.floats(length) : new float[length];
  }
}
