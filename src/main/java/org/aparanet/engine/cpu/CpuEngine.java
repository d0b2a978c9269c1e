package org.aparanet.engine.cpu;

import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.Session;
import org.aparanet.model.Network;

/** Runs networks in Java on the processor. */
public final class CpuEngine implements Engine {
  private final int threads;

  /**
   * @param threads number of threads that share the work, at least 1
   */
  public CpuEngine(int threads) {
    this.threads = threads;
  }

  @Override
  public Device device() {
    return new Device(
        "cpu",
        Device.Kind.JAVA,
        "Java engine",
        "Java " + Runtime.version(),
        Runtime.getRuntime().maxMemory(),
        threads);
  }

  @Override
  public Session open(Network network, int batch) {
    throw new UnsupportedOperationException();
  }
}
