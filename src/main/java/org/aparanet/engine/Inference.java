package org.aparanet.engine;

import org.aparanet.model.Network;

/**
 * A network with fixed parameters on a device, for inference alone. It may be used by any number of
 * threads at a time, and takes the same memory however often it is used.
 */
public interface Inference extends AutoCloseable {

  /** {@return the device that does the work} */
  Device device();

  /** {@return the network that is run} */
  Network network();

  /**
   * Runs the network forward: with running statistics, without dropout. The result depends on the
   * images and their number alone.
   *
   * @param pixels of the images, unsigned bytes [count, C, H, W]; the array may be longer
   * @param count number of images, at least 1
   * @param logits receives the outputs [count, classes]; the array may be longer
   * @throws IllegalArgumentException if an array is too short, or there is no image
   * @throws IllegalStateException if this is closed
   * @throws EngineException if the device fails
   */
  void infer(byte[] pixels, int count, float[] logits);

  /** Gives the device's memory back; closing twice does nothing. */
  @Override
  void close();
}
