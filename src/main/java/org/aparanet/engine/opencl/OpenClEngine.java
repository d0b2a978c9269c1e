package org.aparanet.engine.opencl;

import com.aparapi.device.OpenCLDevice;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.aparanet.engine.Device;
import org.aparanet.engine.DeviceDetails;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.engine.support.SessionArguments;
import org.aparanet.model.Network;

/** Engine on one OpenCL device, whose driver is loaded when a session is first opened. */
public final class OpenClEngine implements Engine {
  private final Device device;
  private final String driver;
  private final Supplier<OpenCLDevice> target;
  private final HostMemory memory;
  private final Launch launch;

  OpenClEngine(
      Device device,
      String driver,
      Supplier<OpenCLDevice> target,
      HostMemory memory,
      Launch launch) {
    this.device = device;
    this.driver = driver;
    this.target = target;
    this.memory = memory;
    this.launch = launch;
  }

  /** Engine on this device with the given access to memory instead of that of its type. */
  public OpenClEngine with(HostMemory other) {
    return new OpenClEngine(device, driver, target, other, launch);
  }

  /** Engine on this device with kernels executed by the given launch. */
  OpenClEngine with(Launch other) {
    return new OpenClEngine(device, driver, target, memory, other);
  }

  /** Aparapi's object of the device, with its access to the arrays on the Java heap. */
  OpenCLDevice target() {
    OpenCLDevice found = target.get();
    found.setSharedMemory(memory == HostMemory.SHARED);
    return found;
  }

  @Override
  public Device device() {
    return device;
  }

  /** Version of the platform, which with most drivers contains their own. */
  @Override
  public String driver() {
    return driver;
  }

  @Override
  public Optional<DeviceDetails> details(boolean anew) {
    return KernelBuilder.run(device, anew);
  }

  @Override
  public Optional<TrainingMemory> memory(Network network, int batch, Optimizer.Rule rule) {
    SessionArguments.requireBatch(batch);
    return Optional.of(
        DriverSignals.keep(
            () -> OpenClSession.memory(device, target(), memory, network, batch, rule.moments())));
  }

  @Override
  public Session open(Network network, int batch) {
    Objects.requireNonNull(network, "network");
    SessionArguments.requireBatch(batch);
    try {
      return DriverSignals.keep(
          () -> new OpenClSession(device, target(), memory, launch, network, batch));
    } catch (OutOfMemoryError e) {
      throw new EngineException(
          device
              + " mirrors the network in Java arrays, and at batch "
              + batch
              + " they need more memory than Java's "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB; give it more with the environment variable APARANET_JAVA_OPTIONS=-Xmx"
              + 2 * ((Runtime.getRuntime().maxMemory() >> 30) + 1)
              + "g",
          e);
    }
  }
}
