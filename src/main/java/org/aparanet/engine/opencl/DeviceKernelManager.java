package org.aparanet.engine.opencl;

import com.aparapi.Kernel;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.kernel.KernelManager;
import com.aparapi.internal.kernel.KernelPreferences;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Ties each kernel to one OpenCL device.
 *
 * <p>Aparapi's default manager falls back to the next device and finally to a Java thread pool,
 * with no more than a line in the log. With this manager a failure throws, and a kernel runs on its
 * device only.
 */
final class DeviceKernelManager extends KernelManager {
  private static final DeviceKernelManager INSTANCE = new DeviceKernelManager();

  private final Map<Kernel, OnePreference> preferences = new WeakHashMap<>();

  private DeviceKernelManager() {}

  /** Makes the device the only one that the kernel may run on. */
  static void bind(Kernel kernel, OpenCLDevice device) {
    KernelManager.setKernelManager(INSTANCE);
    synchronized (INSTANCE.preferences) {
      INSTANCE.preferences.put(kernel, new OnePreference(kernel, device));
    }
    INSTANCE.setPreferredDevices(kernel, new LinkedHashSet<>(List.of(device)));
  }

  /** Aparapi's default would list all devices here; those of the kernels are known already. */
  @Override
  protected void setup() {}

  @Override
  public KernelPreferences getPreferences(Kernel kernel) {
    synchronized (preferences) {
      OnePreference preference = preferences.get(kernel);
      if (preference == null) {
        throw new IllegalStateException(kernel.getClass() + " was not bound to a device");
      }
      return preference;
    }
  }

  /** Exception in place of Aparapi's fallback to the next device. */
  static final class DeviceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeviceFailedException(Device device) {
      super(device.getShortDescription() + " failed");
    }
  }

  private static final class OnePreference extends KernelPreferences {
    private final OpenCLDevice device;

    OnePreference(Kernel kernel, OpenCLDevice device) {
      super(INSTANCE, kernel.getClass());
      this.device = device;
    }

    @Override
    public List<Device> getPreferredDevices(Kernel kernel) {
      return Collections.singletonList(device);
    }

    @Override
    public Device getPreferredDevice(Kernel kernel) {
      return device;
    }

    /** Called before every execution, and again after a failed one has been marked. */
    @Override
    public boolean isDeviceAmongPreferredDevices(Device candidate) {
      if (!getFailedDevices().isEmpty()) {
        throw new DeviceFailedException(device);
      }
      return candidate == device;
    }
  }
}
