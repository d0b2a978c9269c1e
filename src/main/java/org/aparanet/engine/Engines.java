package org.aparanet.engine;

import java.util.List;
import java.util.Optional;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Network;

/** The engines of this machine: which there are, and which one a user's choice means. */
public final class Engines {
  private final CpuEngine cpu;

  /**
   * @param threads threads of the Java engine, at least 1
   */
  public Engines(int threads) {
    cpu = new CpuEngine(threads);
  }

  /** All devices: those of OpenCL in the drivers' order, then the Java engine. */
  public List<Device> devices() {
    return List.of(cpu.device());
  }

  /** Why there is no OpenCL device and what to install; empty if there is one. */
  public Optional<String> openClProblem() {
    return Optional.empty();
  }

  /**
   * Opens a session on the device that a choice means. Only {@code auto} falls back: the reasons
   * for which it did not take a GPU are in the result's notices.
   *
   * @throws EngineException if the device that was asked for cannot be had, with the cause
   */
  public Opened open(DeviceChoice choice, Network network, int batch) {
    return new Opened(cpu.open(network, batch), List.of());
  }

  /**
   * An open session.
   *
   * @param session the session
   * @param notices sentences for the user, such as why a GPU was not used
   */
  public record Opened(Session session, List<String> notices) {}
}
