package org.aparanet.engine.opencl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;

/**
 * OpenCL devices of this machine.
 *
 * @param engines an engine for each device, in the drivers' order
 * @param problem why there is none, in a sentence that says what to do; empty if there is one
 */
public record OpenClDevices(List<OpenClEngine> engines, Optional<String> problem) {

  /**
   * Aparapi's level of logging, read when its first class is loaded. At any level but OFF it prints
   * a failure's stack trace to the standard error stream, past the log.
   */
  private static final String LOG_LEVEL = "com.aparapi.logLevel";

  /** Whether Aparapi records OpenCL events of launches; read like the level. */
  private static final String EVENTS = "com.aparapi.enableProfiling";

  private static Optional<DeviceListing> known = Optional.empty();

  /**
   * Has launches timed by OpenCL events, at the cost of a few microseconds each. Must be called
   * before any device is looked up; later it does nothing.
   */
  public static void timeLaunches() {
    if (System.getProperty(EVENTS) == null) {
      System.setProperty(EVENTS, "true");
    }
  }

  static void quieten() {
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "OFF");
    }
  }

  /** Devices of this machine, without a cache of their list. */
  public static OpenClDevices find() {
    return find(Optional.empty(), Optional.empty());
  }

  /**
   * Devices of this machine, listed by a separate process unless their list is cached; never fails.
   * No driver is loaded into this process before a session is opened on one of the devices.
   *
   * @param cache folder of the cached list; if empty, or if the program is not known, the drivers
   *     are asked each time
   * @param program version of aparanet
   */
  public static OpenClDevices find(Optional<Path> cache, Optional<String> program) {
    quieten();
    Optional<DeviceListingCache> kept =
        cache.flatMap(folder -> program.flatMap(p -> DeviceListingCache.of(folder, p)));
    Optional<DeviceListing> known = known().or(() -> kept.flatMap(DeviceListingCache::read));
    DeviceListing found = known.orElseGet(DeviceLister::run);
    if (found.problem().isEmpty()) { // a problem may be gone next time
      if (known.isEmpty()) {
        kept.ifPresent(file -> file.write(found));
      }
      know(Optional.of(found));
    }
    return of(found, kept);
  }

  /** List of this process, kept since it seldom changes while a process runs. */
  private static synchronized Optional<DeviceListing> known() {
    return known;
  }

  private static synchronized void know(Optional<DeviceListing> listing) {
    known = listing;
  }

  /** Drops the list of this process, because it is no longer valid. */
  static void forget() {
    know(Optional.empty());
  }

  private static OpenClDevices of(DeviceListing listing, Optional<DeviceListingCache> kept) {
    Drivers drivers = new Drivers(kept);
    List<OpenClEngine> engines = new ArrayList<>();
    for (DeviceListing.Entry entry : listing.devices()) {
      int index = engines.size();
      engines.add(
          new OpenClEngine(
              entry.device(index),
              entry.driver(),
              () -> drivers.target(index, entry),
              entry.kind() == Device.Kind.CPU ? HostMemory.SHARED : HostMemory.SEPARATE,
              Launch.APARAPI));
    }
    return new OpenClDevices(List.copyOf(engines), listing.problem());
  }
}
