package org.aparanet.engine;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A thing that can train: a device that an OpenCL driver offers, or the Java engine on this
 * machine's processor.
 *
 * @param id how the command line names it: {@code cpu}, {@code opencl:0}, ...
 * @param kind what sort of processor it is
 * @param name its model, as the driver or the operating system says
 * @param platform the OpenCL platform, or the Java virtual machine
 * @param memoryBytes memory that it can use, in bytes
 * @param computeUnits OpenCL compute units, or processor threads
 */
public record Device(
    String id, Kind kind, String name, String platform, long memoryBytes, int computeUnits)
    implements Serializable {

  /** Sorts of processor. */
  public enum Kind {
    /** The Java engine. */
    JAVA,
    /** An OpenCL device of type GPU. */
    GPU,
    /** An OpenCL device of type CPU. */
    CPU,
    /** Any other OpenCL device. */
    ACCELERATOR
  }

  /**
   * {@return devices in a sentence, such as {@code opencl:0 (NVIDIA H200) and cpu (Java engine)}}
   *
   * @param devices at least one
   */
  public static String names(List<Device> devices) {
    int last = devices.size() - 1;
    String first =
        devices.subList(0, last).stream().map(Device::toString).collect(Collectors.joining(", "));
    return (last == 0 ? "" : first + " and ") + devices.get(last);
  }

  /**
   * {@return devices that worked one after the other, such as {@code opencl:0 (NVIDIA H200), then
   * cpu (Java engine)}}
   *
   * @param devices in their order
   */
  public static String inTurn(List<Device> devices) {
    return devices.stream().map(Device::toString).collect(Collectors.joining(", then "));
  }

  /** Such as {@code opencl:0 (NVIDIA H200)}. */
  @Override
  public String toString() {
    return id + " (" + name + ")";
  }
}
