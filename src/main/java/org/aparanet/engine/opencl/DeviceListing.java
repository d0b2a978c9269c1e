package org.aparanet.engine.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;

/**
 * OpenCL devices of the drivers, as text that one process writes and another reads.
 *
 * @param devices in the drivers' order
 * @param problem why there is none, a sentence without a full stop; empty if there is one
 */
record DeviceListing(List<Entry> devices, Optional<String> problem) {
  private static final String TITLE = "aparanet's list of OpenCL devices, version 1";
  private static final String PROBLEM = "problem";
  private static final String DEVICE = "device";
  private static final int FIELDS = 7;

  /**
   * One device.
   *
   * @param driver the platform's version: in it, most drivers name their own
   * @param memoryBytes global memory, in bytes
   */
  record Entry(
      Device.Kind kind,
      String name,
      String platform,
      String driver,
      long memoryBytes,
      int computeUnits) {
    Entry {
      name = line(name);
      platform = line(platform);
      driver = line(driver);
    }

    /** Whether both are the same device; memory is not compared, since it may be what is free. */
    boolean isSame(Entry other) {
      return kind == other.kind
          && name.equals(other.name)
          && platform.equals(other.platform)
          && driver.equals(other.driver);
    }

    Device device(int index) {
      return new Device("opencl:" + index, kind, name, platform, memoryBytes, computeUnits);
    }
  }

  DeviceListing {
    devices = List.copyOf(devices);
    problem = problem.map(DeviceListing::line);
    if (devices.isEmpty() != problem.isPresent()) {
      throw new IllegalArgumentException(devices.size() + " devices, problem " + problem);
    }
  }

  static DeviceListing none(String problem) {
    return new DeviceListing(List.of(), Optional.of(problem));
  }

  /** Text, a title and a line for each device or for the problem. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(TITLE));
    problem.ifPresent(text -> lines.add(PROBLEM + "\t" + text));
    for (Entry entry : devices) {
      lines.add(
          String.join(
              "\t",
              DEVICE,
              entry.kind().name(),
              entry.name(),
              entry.platform(),
              entry.driver(),
              Long.toString(entry.memoryBytes()),
              Integer.toString(entry.computeUnits())));
    }
    return lines;
  }

  /** Reads what {@link #lines} wrote; nothing if it is anything else. */
  static Optional<DeviceListing> parse(List<String> lines) {
    if (lines.size() < 2 || !lines.get(0).equals(TITLE)) {
      return Optional.empty();
    }
    List<Entry> devices = new ArrayList<>();
    try {
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.split("\t", -1);
        if (fields[0].equals(PROBLEM) && fields.length == 2 && lines.size() == 2) {
          return Optional.of(none(fields[1]));
        }
        if (!fields[0].equals(DEVICE) || fields.length != FIELDS) {
          return Optional.empty();
        }
        devices.add(
            new Entry(
                Device.Kind.valueOf(fields[1]),
                fields[2],
                fields[3],
                fields[4],
                Long.parseLong(fields[5]),
                Integer.parseInt(fields[6])));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(new DeviceListing(devices, Optional.empty()));
  }

  private static String line(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
