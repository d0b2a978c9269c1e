package org.aparanet.engine.opencl;

import com.aparapi.device.OpenCLDevice;
import java.util.Objects;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.SessionArguments;
import org.aparanet.model.Network;

/** Runs networks on one OpenCL device. */
public final class OpenClEngine implements Engine {
  private final OpenCLDevice target;
  private final Device device;
  private final HostMemory memory;
  private final Launch launch;

  OpenClEngine(OpenCLDevice target, int index, HostMemory memory, Launch launch) {
    this.target = target;
    this.memory = memory;
    this.launch = launch;
    device =
        new Device(
            "opencl:" + index,
            kind(target),
            target.getName().strip(),
            target.getOpenCLPlatform().getName().strip(),
            target.getGlobalMemSize(),
            target.getMaxComputeUnits());
  }

  /** This device with its memory seen in the given way instead of the one that suits its type. */
  public OpenClEngine with(HostMemory other) {
    return new OpenClEngine(target, index(), other, launch);
  }

  /** This device with kernels executed in the given way. */
  OpenClEngine with(Launch other) {
    return new OpenClEngine(target, index(), memory, other);
  }

  private int index() {
    return Integer.parseInt(device.id().substring("opencl:".length()));
  }

  /** Aparapi's view of the device, told how it sees the arrays on the Java heap. */
  OpenCLDevice target() {
    target.setSharedMemory(memory == HostMemory.SHARED);
    return target;
  }

  @Override
  public Device device() {
    return device;
  }

  /** The platform's version: in it, most drivers name their own. */
  @Override
  public String driver() {
    return target.getOpenCLPlatform().getVersion().strip();
  }

  @Override
  public Session open(Network network, int batch) {
    Objects.requireNonNull(network, "network");
    SessionArguments.requireBatch(batch);
    try {
      return new OpenClSession(device, target(), memory, launch, network, batch);
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

  private static Device.Kind kind(OpenCLDevice target) {
    return switch (target.getType()) {
      case GPU -> Device.Kind.GPU;
      case CPU -> Device.Kind.CPU;
      default -> Device.Kind.ACCELERATOR;
    };
  }
}
