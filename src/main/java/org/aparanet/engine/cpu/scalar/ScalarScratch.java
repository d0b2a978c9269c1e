package org.aparanet.engine.cpu.scalar;

/** Scratch that the layers of one thread use in turn: matrix products and a tile of patches. */
final class ScalarScratch {
  private final ScalarMatrix matrices = new ScalarMatrix();
  private float[] patches = new float[0];

  /** Makes room for a tile of patches. */
  void reserve(int floats) {
    if (floats > patches.length) {
      patches = new float[floats];
    }
  }

  ScalarMatrix matrices() {
    return matrices;
  }

  /** Scratch of the largest tile that was reserved. */
  float[] patches() {
    return patches;
  }
}
