package org.aparanet.engine;

import java.util.Optional;
import org.aparanet.model.Network;

/** A way to run networks on one device. */
public interface Engine {

  /** {@return the device that this engine runs on} */
  Device device();

  /**
   * {@return the version of the driver behind the device, as far as it is known; empty if there is
   * none}
   */
  default String driver() {
    return "";
  }

  /**
   * Details of the device and of the kernel built for it, from the driver. Has the kernel built,
   * which takes seconds.
   *
   * @param anew whether the driver is to build even what it has kept from earlier, as far as
   *     drivers can be told so
   * @return empty where there is no driver
   */
  default Optional<DeviceDetails> details(boolean anew) {
    return Optional.empty();
  }

  /** {@return the advice to the user for a faster engine, in a sentence; empty if there is none} */
  default Optional<String> advice() {
    return Optional.empty();
  }

  /**
   * Prepares a network for training and inference: allocates memory, builds kernels and proves with
   * a first execution that the device works.
   *
   * @param network what to run
   * @param batch the most images that one step or inference takes, at least 1
   * @return the session, to be closed
   * @throws EngineException if the device cannot run it, with the cause in a sentence
   */
  Session open(Network network, int batch);

  /**
   * Computes the memory that a session takes when it trains a network, as {@link #open} would
   * allocate it; tables, which grow with a plane's positions and not with channels or images, are
   * left out.
   *
   * @param network what to train
   * @param batch the most images of a step, at least 1
   * @param rule of the optimizer, which may have moments
   * @return the memory; empty where the engine does not know it
   * @throws EngineException if one array cannot hold the activations
   */
  default Optional<TrainingMemory> memory(Network network, int batch, Optimizer.Rule rule) {
    return Optional.empty();
  }

  /**
   * Prepares a network for inference alone.
   *
   * @param network what to run
   * @param parameters laid out as {@code network.tensors()} says; copied
   * @param batch images that the device takes at a time, at least 1; a call may have more
   * @return the network on the device, to be closed
   * @throws EngineException as {@link #open}
   */
  default Inference openInference(Network network, float[] parameters, int batch) {
    return new SessionInference(() -> open(network, batch), parameters);
  }
}
