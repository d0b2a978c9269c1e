package org.aparanet.engine.cpu;

/** Content of the vectors' lanes in the Java engine. */
enum Arithmetic {
  /** Images where a batch has enough of them, else channels; scalars without vectors. */
  AUTO,
  /** One image in each lane. */
  IMAGES,
  /** One image in each lane, and every dense layer for all slices of a batch at once. */
  WHOLE_BATCH,
  /** Channels of one image. */
  CHANNELS,
  /** No vectors: plain Java. */
  SCALARS
}
