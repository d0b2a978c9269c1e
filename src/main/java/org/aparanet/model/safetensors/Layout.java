package org.aparanet.model.safetensors;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Checks that the tensors fill the data of a file exactly: no overlap, no hole, nothing after. */
final class Layout {
  private final String file;

  private Layout(String file) {
    this.file = file;
  }

  /**
   * @param file what to call the file in messages
   * @param dataSize bytes after the header
   * @throws SafetensorsException naming the first tensor that is out of place
   */
  static void check(String file, Collection<TensorEntry> tensors, long dataSize) {
    Layout layout = new Layout(file);
    for (TensorEntry tensor : tensors) {
      layout.checkRange(tensor, dataSize);
      layout.checkShape(tensor, dataSize);
    }
    layout.checkOrder(tensors, dataSize);
  }

  private void checkRange(TensorEntry tensor, long dataSize) {
    if (tensor.begin() > tensor.end() || tensor.end() > dataSize) {
      throw refused(
          tensor,
          "has the data offsets "
              + range(tensor)
              + "; they must ascend within the file's "
              + dataSize
              + " bytes of data");
    }
  }

  private void checkShape(TensorEntry tensor, long dataSize) {
    long bytes = tensor.dtype().bytes();
    for (int dimension : tensor.shape()) {
      if (dimension != 0 && bytes > Long.MAX_VALUE / dimension) {
        throw refused(tensor, "has the shape " + tensor.shape() + ", whose size overflows");
      }
      bytes *= dimension;
    }
    if (bytes != tensor.end() - tensor.begin()) {
      throw refused(
          tensor,
          "has the shape "
              + tensor.shape()
              + " of "
              + tensor.dtype()
              + ", which is "
              + bytes
              + " bytes, but its data offsets "
              + range(tensor)
              + " span "
              + (tensor.end() - tensor.begin()));
    }
  }

  private void checkOrder(Collection<TensorEntry> tensors, long dataSize) {
    List<TensorEntry> ordered =
        tensors.stream()
            .sorted(
                Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
            .toList();
    long expected = 0;
    for (TensorEntry tensor : ordered) {
      if (tensor.begin() != expected) {
        throw refused(
            tensor,
            (tensor.begin() < expected ? "overlaps the one before it" : "leaves a hole before it")
                + ": its data begins at byte "
                + tensor.begin()
                + " instead of "
                + expected);
      }
      expected = tensor.end();
    }
    if (expected != dataSize) {
      throw new SafetensorsException(
          file
              + ": "
              + (dataSize - expected)
              + " bytes follow the last tensor; nothing may stand there");
    }
  }

  private static String range(TensorEntry tensor) {
    return "[" + tensor.begin() + ", " + tensor.end() + "]";
  }

  private SafetensorsException refused(TensorEntry tensor, String why) {
    return new SafetensorsException(file + ": tensor " + Quote.of(tensor.name()) + " " + why);
  }
}
