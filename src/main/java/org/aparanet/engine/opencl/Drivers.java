package org.aparanet.engine.opencl;

import com.aparapi.device.OpenCLDevice;
import java.util.Optional;
import org.aparanet.engine.EngineException;

/** The drivers of the devices that were listed, loaded when the first of them is used. */
final class Drivers {
  private final Optional<DeviceListingCache> listed;
  private LoadedDevices loaded;

  /**
   * @param listed where the list was kept; forgotten if it turns out to be wrong
   */
  Drivers(Optional<DeviceListingCache> listed) {
    this.listed = listed;
  }

  /**
   * Aparapi's view of a device.
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
