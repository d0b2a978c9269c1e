package org.aparanet.model.safetensors;

import java.util.List;

/**
 * Entry of one tensor in a safetensors header.
 *
 * @param name unique in its file
 * @param dtype type of its elements
 * @param shape dimensions, outermost first; empty for a single number
 * @param begin offset of its first byte, counted from the end of the header
 * @param end offset after its last byte
 */
public record TensorEntry(String name, Dtype dtype, List<Integer> shape, long begin, long end) {

  /** Number of elements; meaningful once the file's layout has been checked. */
  public long elements() {
    return (end - begin) / dtype.bytes();
  }
}
