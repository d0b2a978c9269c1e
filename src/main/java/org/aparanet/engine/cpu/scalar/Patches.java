package org.aparanet.engine.cpu.scalar;

import java.util.Arrays;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/**
 * Windows of a convolution in one image as a matrix ("im2col"), which makes the convolution a
 * matrix product.
 *
 * <p>A window is a <em>patch</em> of {@link #size()} elements in C, filterHeight, filterWidth
 * order; there is one for each of the {@link #positions()} of the output plane. Positions are
 * processed in ranges of at most {@link #tile()}, so that the matrix stays in the cache.
 */
final class Patches {

  /** Most elements of the matrix, unless a single patch has more: 256 KiB of floats. */
  private static final int TILE_ELEMENTS = 1 << 16;

  private final int channels;
  private final int height;
  private final int width;
  private final int filterHeight;
  private final int filterWidth;
  private final int stride;
  private final int padding;
  private final int outputWidth;
  private final int size;
  private final int positions;

  Patches(Node node, Convolution layer) {
    channels = node.input().channels();
    height = node.input().height();
    width = node.input().width();
    filterHeight = layer.filterHeight();
    filterWidth = layer.filterWidth();
    stride = layer.stride();
    padding = layer.padding();
    outputWidth = node.output().width();
    size = channels * filterHeight * filterWidth;
    positions = node.output().plane();
  }

  /** Elements of a patch: C x filterHeight x filterWidth. */
  int size() {
    return size;
  }

  /** Elements of the output plane: outH x outW. */
  int positions() {
    return positions;
  }

  /** Elements of the matrix of a tile. */
  int floats() {
    return Math.multiplyExact(size, tile());
  }

  /** Most positions to process at a time. */
  int tile() {
    return Math.max(1, Math.min(positions, TILE_ELEMENTS / size));
  }

  /**
   * Writes the patches of some positions as the columns of a matrix.
   *
   * <pre>
   * image [C, H, W]
   * matrix [size, to - from]
   * </pre>
   */
  void columns(float[] image, int offset, int from, int to, float[] matrix) {
    int target = 0;
    for (int c = 0; c < channels; c++) {
      int plane = offset + c * height * width;
      for (int filterY = 0; filterY < filterHeight; filterY++) {
        for (int filterX = 0; filterX < filterWidth; filterX++) {
          int end;
          for (int p = from; p < to; p = end) {
            end = Math.min(to, p - p % outputWidth + outputWidth);
            int y = p / outputWidth * stride - padding + filterY;
            int x = p % outputWidth * stride - padding + filterX;
            int count = end - p;
            if (y < 0 || y >= height) {
              Arrays.fill(matrix, target, target + count, 0f);
            } else {
              int first = firstInside(x, count);
              int last = firstBeyond(x, count);
              Arrays.fill(matrix, target, target + first, 0f);
              gather(image, plane + y * width + x, first, last, matrix, target);
              Arrays.fill(matrix, target + last, target + count, 0f);
            }
            target += count;
          }
        }
      }
    }
  }

  /**
   * Adds the elements of a matrix of {@link #columns} to their elements of the image ("col2im").
   *
   * <pre>
   * matrix [size, to - from]
   * image [C, H, W]
   * </pre>
   */
  void addColumns(float[] matrix, int from, int to, float[] image, int offset) {
    int source = 0;
    for (int c = 0; c < channels; c++) {
      int plane = offset + c * height * width;
      for (int filterY = 0; filterY < filterHeight; filterY++) {
        for (int filterX = 0; filterX < filterWidth; filterX++) {
          int end;
          for (int p = from; p < to; p = end) {
            end = Math.min(to, p - p % outputWidth + outputWidth);
            int y = p / outputWidth * stride - padding + filterY;
            int x = p % outputWidth * stride - padding + filterX;
            int count = end - p;
            if (y >= 0 && y < height) {
              int first = firstInside(x, count);
              int last = firstBeyond(x, count);
              scatter(matrix, source, first, last, image, plane + y * width + x);
            }
            source += count;
          }
        }
      }
    }
  }

  /** The first of {@code count} elements x, x + stride, ... that is not left of the image. */
  private int firstInside(int x, int count) {
    return x >= 0 ? 0 : Math.min(count, (-x + stride - 1) / stride);
  }

  /** The first of {@code count} elements x, x + stride, ... that is right of the image. */
  private int firstBeyond(int x, int count) {
    return x >= width ? 0 : Math.min(count, (width - x + stride - 1) / stride);
  }

  private void gather(float[] image, int source, int first, int last, float[] matrix, int target) {
    if (stride == 1 && first < last) { // an empty range may lie outside the array
      System.arraycopy(image, source + first, matrix, target + first, last - first);
      return;
    }
    for (int i = first; i < last; i++) {
      matrix[target + i] = image[source + i * stride];
    }
  }

  private void scatter(float[] matrix, int source, int first, int last, float[] image, int target) {
    if (stride == 1) {
      for (int i = first; i < last; i++) {
        image[target + i] += matrix[source + i];
      }
      return;
    }
    for (int i = first; i < last; i++) {
      image[target + i * stride] += matrix[source + i];
    }
  }
}
