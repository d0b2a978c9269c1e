package org.aparanet.engine.opencl;

import com.aparapi.device.OpenCLDevice;
import java.util.Optional;
import org.aparanet.engine.EngineException;

/** Drivers of the listed devices, loaded when the first device is used. */
final class Drivers {
  private final Optional<DeviceListingCache> listed;
  private LoadedDevices loaded;

  /**
   * @param listed cache of the list; removed if the list is not valid
   */
  Drivers(Optional<DeviceListingCache> listed) {
    this.listed = listed;
  }

  /**
   * Aparapi's object of a device.
   *
   * @throws EngineException if it is not there any more
   */
  synchronized OpenCLDevice target(int index, DeviceListing.Entry entry) {
    if (loaded == null) {
      loaded = LoadedDevices.load();
    }
    try {
      return loaded.target(index, entry);
    } catch (EngineException e) {
      loaded = null;
      listed.ifPresent(DeviceListingCache::forget);
      OpenClDevices.forget();
      throw e;
    }
  }
}
