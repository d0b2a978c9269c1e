package org.aparanet.data.store;

import java.io.IOException;

/** Sink of a set's pixels, image by image. */
@FunctionalInterface
public interface PixelSink {

  /**
   * Takes the next pixels, which need not be whole images.
   *
   * @param bytes not kept
   * @param from index of the first of them
   * @param length how many
   * @throws IOException if there is no room for them
   */
  void write(byte[] bytes, int from, int length) throws IOException;
}
