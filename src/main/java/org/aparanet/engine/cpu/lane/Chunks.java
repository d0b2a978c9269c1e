package org.aparanet.engine.cpu.lane;

/**
 * Division of a row of vectors into chunks: as many as possible of the widest, then of two and of
 * one. A matrix lies chunk by chunk, each [rows, vectors * lanes].
 *
 * @param vectors in all
 * @param widest vectors of a chunk: 4 or 2
 * @param lanes floats of a vector
 */
record Chunks(int vectors, int widest, int lanes) {

  /** First vector behind the chunk that begins with vector {@code first}. */
  int end(int first) {
    int left = vectors - first;
    return first + (left >= widest ? widest : Math.min(left, 2));
  }

  /** First vector of the chunk that a vector is in. */
  int begin(int vector) {
    int first = 0;
    while (end(first) <= vector) {
      first = end(first);
    }
    return first;
  }

  /** Offset of the chunk that begins with vector {@code first}, in a matrix of so many rows. */
  int at(int first, int rows) {
    return rows * first * lanes;
  }

  /** Floats of a row of the chunk that begins with vector {@code first}. */
  int width(int first) {
    return (end(first) - first) * lanes;
  }
}
