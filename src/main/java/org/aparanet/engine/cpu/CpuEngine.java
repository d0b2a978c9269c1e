package org.aparanet.engine.cpu;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Inference;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.engine.support.SessionArguments;
import org.aparanet.model.Network;

/** Engine in Java on the processor; results are bitwise equal for any number of threads. */
public final class CpuEngine implements Engine {
  private static final int MOST_THREADS = 1024;

  private final int threads;
  private final Arithmetic arithmetic;

  /**
   * @param threads number of threads, 1 to 1024
   * @throws IllegalArgumentException if there are fewer or more
   */
  public CpuEngine(int threads) {
    this(threads, Arithmetic.AUTO);
  }

  /** Engine with a given arithmetic instead of one chosen from network and batch. */
  CpuEngine(int threads, Arithmetic arithmetic) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          threads + " threads; the Java engine takes 1 to " + MOST_THREADS);
    }
    this.threads = threads;
    this.arithmetic = arithmetic;
  }

  @Override
  public Optional<String> advice() {
    return LaneSupport.advice();
  }

  @Override
  public Device device() {
    return new Device(
        "cpu",
        Device.Kind.JAVA,
        "Java engine",
        "Java " + Runtime.version() + ", " + LaneSupport.name(),
        Runtime.getRuntime().maxMemory(),
        threads);
  }

  @Override
  public Session open(Network network, int batch) {
    Objects.requireNonNull(network, "network");
    SessionArguments.requireBatch(batch);
    return allocate(
        network,
        " at batch " + batch,
        () -> new CpuSession(device(), network, batch, threads, arithmetic));
  }

  @Override
  public Optional<TrainingMemory> memory(Network network, int batch, Optimizer.Rule rule) {
    SessionArguments.requireBatch(batch);
    return allocate(
        network,
        " at batch " + batch,
        () -> {
          CpuLayout layout = CpuLayout.of(network, batch, threads, arithmetic);
          return Optional.of(SliceCounts.of(layout, batch, threads).memory(layout, batch, rule));
        });
  }

  @Override
  public Inference openInference(Network network, float[] parameters, int batch) {
    SessionArguments.requireBatch(batch);
    SessionArguments.requireParameters(parameters, network);
    return allocate(
        network, "", () -> new CpuInference(device(), network, parameters, threads, arithmetic));
  }

  /** Makes something of a network; that it does not fit is said in a sentence. */
  static <T> T allocate(Network network, String batch, Supplier<T> allocation) {
    LaneSupport.checkProperties();
    try {
      return allocation.get();
    } catch (ArithmeticException e) {
      throw new EngineException(
          "the network's activations are more than an array can hold, "
              + Integer.MAX_VALUE
              + " elements for each thread",
          e);
    } catch (OutOfMemoryError e) {
      throw new EngineException(
          "the network's "
              + network.parameterCount()
              + " parameters"
              + batch
              + " need more memory than Java's "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB; give it more with the environment variable APARANET_JAVA_OPTIONS=-Xmx"
              + 2 * ((Runtime.getRuntime().maxMemory() >> 30) + 1)
              + "g",
          e);
    }
  }
}
