package org.aparanet.engine.opencl.kernel;

import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.StateLostException;

/**
 * Copies of the kernel's arrays between host and device, and whether a readback took place: Aparapi
 * does not report one that fails.
 */
final class ArrayTransfer {
  /** Bits of a NaN that no arithmetic gives. */
  private static final int UNREAD = 0x7fc0_5eed;

  /** Mark that the device never writes. */
  private static final float NO_MARK = -1f;

  private final TrainingKernel kernel;
  private final DeviceState.Transfers transfers;
  private final Device device;

  /** Whether the device has memory of its own. */
  private final boolean separate;

  ArrayTransfer(TrainingKernel kernel, DeviceMemory memory, DeviceState.Transfers transfers) {
    this.kernel = kernel;
    this.transfers = transfers;
    device = memory.device();
    separate = memory.separate();
  }

  void send(byte[] array) {
    kernel.put(array);
    transfers.up(array.length);
  }

  void send(int[] array) {
    kernel.put(array);
    transfers.up(Integer.BYTES * array.length);
  }

  void send(float[] array) {
    kernel.put(array);
    transfers.up(Float.BYTES * array.length);
  }

  /** Reads an array back whose contents tell whether they are new. */
  void fetch(int[] array) {
    transfers.down(Integer.BYTES * array.length);
    if (separate) {
      kernel.get(array);
    }
  }

  /**
   * Reads an array back.
   *
   * @throws EngineException if it stays as it was
   */
  void fetch(float[] array) {
    transfers.down(Float.BYTES * array.length);
    if (separate) {
      array[0] = Float.intBitsToFloat(UNREAD);
      kernel.get(array);
      if (Float.floatToRawIntBits(array[0]) == UNREAD) {
        throw new EngineException(device + " did not hand over its results");
      }
    }
  }

  /**
   * Reads an array back that is laid out like the parameters, with a mark behind them; no step does
   * this, so its bytes are not counted.
   *
   * @param what name of the array for the message
   * @throws StateLostException if the array has another mark
   */
  void fetch(float[] array, int mark, String what) {
    int end = kernel.parameterCount;
    if (separate) {
      array[end] = NO_MARK;
      kernel.get(array);
    }
    if (array[end] != mark) {
      throw lost("readback of " + what);
    }
  }

  /**
   * Exception for an array on the device that is not the one that was left there.
   *
   * @param where what found this
   */
  StateLostException lost(String where) {
    return new StateLostException(
        device
            + " lost its state before the "
            + where
            + ": the garbage collector moved an array (use G1, java -XX:+UseG1GC)");
  }
}
