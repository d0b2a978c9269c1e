package org.aparanet.engine.cpu;

/** What the Java engine puts into the lanes of its vectors. */
enum Arithmetic {
  /** Images where a batch has enough of them, else channels; scalars without vectors. */
  AUTO,
  /** One image in each lane. */
  IMAGES,
  /** Channels of one image. */
  CHANNELS,
  /** No vectors: plain Java. */
  SCALARS
}
