package org.aparanet.engine.cpu;

/** What the Java engine puts into its vectors. */
enum Arithmetic {
  /**
   * Images where a batch has enough of them, else neighbours in an image; scalars without vectors.
   */
  SUITED,
  /** One image in each lane. */
  IMAGES,
  /** Neighbours of one image. */
  NEIGHBOURS,
  /** No vectors: plain Java. */
  SCALARS
}
