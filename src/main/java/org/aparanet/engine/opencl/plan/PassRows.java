package org.aparanet.engine.opencl.plan;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.aparanet.engine.opencl.kernel.Opcode;
import org.aparanet.engine.opencl.kernel.Operand;
import org.aparanet.engine.opencl.kernel.Pass;
import org.aparanet.engine.opencl.kernel.Taps;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;

/** Rows of pass tables in the layout of {@link Pass}, and their assembly to one array. */
final class PassRows {
  private PassRows() {}

  /** Copy of a row with another operation. */
  static int[] with(int[] row, int operation) {
    return with(row, Pass.OPERATION, operation);
  }

  /** Copy of a row with another value in one field. */
  static int[] with(int[] row, int field, int value) {
    int[] copy = row.clone();
    copy[field] = value;
    return copy;
  }

  /**
   * Row with a layer's shapes, offset 0 for its weights, and all else zero or {@link Pass#NONE}.
   */
  static int[] shapes(Network.Node node) {
    LayerPasses layer = LayerPasses.of(node);
    Shape in = layer.input(node);
    LayerPasses.Window window = layer.window();
    int[] row = new int[Pass.LENGTH];
    row[Pass.CHANNELS] = in.channels();
    row[Pass.HEIGHT] = in.height();
    row[Pass.WIDTH] = in.width();
    row[Pass.OUT_CHANNELS] = node.output().channels();
    row[Pass.OUT_HEIGHT] = node.output().height();
    row[Pass.OUT_WIDTH] = node.output().width();
    row[Pass.WINDOW_HEIGHT] = window.height();
    row[Pass.WINDOW_WIDTH] = window.width();
    row[Pass.STRIDE] = window.stride();
    row[Pass.PADDING] = window.padding();
    row[Pass.BIAS] = Pass.NONE;
    row[Pass.MAXIMA] = Pass.NONE;
    row[Pass.CHUNKS] = 1;
    row[Pass.SHARERS] = 1;
    row[Pass.PARTIALS] = Pass.NONE;
    row[Pass.LAYER] = node.index();
    row[Pass.STATISTICS] = Pass.NONE;
    row[Pass.RUNNING_MEAN] = Pass.NONE;
    row[Pass.UNPOOLED] = Pass.NONE;
    layer.describe(row);
    return row;
  }

  /** Row of a product, without its shape on the device and its taps. */
  static int[] product(int operation, int[] layer) {
    int[] row = layer.clone();
    boolean pooled = row[Pass.MAXIMA] != Pass.NONE;
    row[Pass.OPERATION] = operation;
    row[Pass.TAP_BITS] = Taps.bits(row[Pass.WINDOW_HEIGHT], row[Pass.WINDOW_WIDTH]);
    row[Pass.IMAGE] = row[Pass.INPUT];
    row[Pass.IMAGE_CHANNELS] = row[Pass.CHANNELS];
    row[Pass.IMAGE_HEIGHT] = row[Pass.HEIGHT];
    row[Pass.IMAGE_WIDTH] = row[Pass.WIDTH];
    row[Pass.RIGHT_SOURCE] = Operand.ACTIVATIONS;
    row[Pass.LEFT_SOURCE] = Operand.PARAMETERS;
    row[Pass.STEP] = row[Pass.STRIDE];
    row[Pass.ORIGIN] = -row[Pass.PADDING];
    row[Pass.DIRECTION] = 1;
    row[Pass.DIVISOR] = 1;
    int window = row[Pass.WINDOW_HEIGHT] * row[Pass.WINDOW_WIDTH];
    row[Pass.TAP_COUNT] = row[Pass.CHANNELS] * window;
    // outputs in no window of the max-pool are not computed, and have no gradient
    int outHeight = pooled ? 2 * row[Pass.POOL_HEIGHT] : row[Pass.OUT_HEIGHT];
    int outWidth = pooled ? 2 * row[Pass.POOL_WIDTH] : row[Pass.OUT_WIDTH];
    row[Pass.GRID_HEIGHT] = outHeight;
    row[Pass.GRID_WIDTH] = outWidth;
    int gradient = row[Pass.LOGITS] == 1 ? Operand.D_LOGITS : Operand.D_ACTIVATIONS;
    switch (operation) {
      case Opcode.FORWARD -> {
        row[Pass.ROWS] = row[Pass.OUT_CHANNELS];
        row[Pass.DEPTH] = row[Pass.CHANNELS] * window;
        row[Pass.LEFT_STRIDE] = row[Pass.DEPTH];
        row[Pass.LEFT_CHANNEL] = window;
        row[Pass.COLUMNS] = row[Pass.GRID_HEIGHT] * row[Pass.GRID_WIDTH];
      }
      case Opcode.BACKWARD_DATA -> {
        row[Pass.ROWS] = row[Pass.CHANNELS];
        row[Pass.DEPTH] = row[Pass.OUT_CHANNELS] * window;
        row[Pass.LEFT_STRIDE] = window;
        row[Pass.LEFT_CHANNEL] = row[Pass.CHANNELS] * window;
        row[Pass.RIGHT_SOURCE] = gradient;
        row[Pass.IMAGE] = row[Pass.GRADIENT];
        row[Pass.IMAGE_CHANNELS] = row[Pass.OUT_CHANNELS];
        row[Pass.IMAGE_HEIGHT] = outHeight;
        row[Pass.IMAGE_WIDTH] = outWidth;
        row[Pass.GRID_HEIGHT] = row[Pass.HEIGHT];
        row[Pass.GRID_WIDTH] = row[Pass.WIDTH];
        row[Pass.STEP] = 1;
        row[Pass.ORIGIN] = row[Pass.PADDING];
        row[Pass.DIRECTION] = -1;
        row[Pass.DIVISOR] = row[Pass.STRIDE];
        row[Pass.COLUMNS] = row[Pass.GRID_HEIGHT] * row[Pass.GRID_WIDTH];
      }
      case Opcode.BACKWARD_FILTER -> {
        row[Pass.ROWS] = row[Pass.OUT_CHANNELS];
        row[Pass.COLUMNS] = row[Pass.CHANNELS] * window + (row[Pass.BIAS] == Pass.NONE ? 0 : 1);
        row[Pass.DEPTH] = row[Pass.GRID_HEIGHT] * row[Pass.GRID_WIDTH];
        row[Pass.LEFT_SOURCE] = gradient;
        row[Pass.LEFT_STRIDE] = outHeight * outWidth;
        row[Pass.PARTIAL_STRIDE] =
            row[Pass.ROWS] * row[Pass.COLUMNS]; // as many as the layer has parameters
      }
      default -> throw new IllegalArgumentException("operation " + operation + " is no product");
    }
    row[Pass.IMAGE_SIZE] =
        row[Pass.IMAGE_CHANNELS] * row[Pass.IMAGE_HEIGHT] * row[Pass.IMAGE_WIDTH];
    return row;
  }

  /**
   * Array of a pass table: the passes' rows, then the tables of taps. A table of several rows is
   * stored once, and so is a pass that is in the list more than once.
   */
  static int[] assemble(List<List<int[]>> passes) {
    Map<List<int[]>, Integer> places = new IdentityHashMap<>();
    int at = passes.size();
    for (List<int[]> pass : passes) {
      if (places.putIfAbsent(pass, at) == null) {
        at += pass.size() * Pass.LENGTH;
      }
    }
    int[] rows = new int[at];
    Map<IntBuffer, Integer> tables = new HashMap<>();
    List<int[]> taps = new ArrayList<>();
    for (int pass = 0; pass < passes.size(); pass++) {
      List<int[]> own = passes.get(pass);
      rows[pass] = places.get(own);
      for (int i = 0; i < own.size(); i++) {
        int[] row = own.get(i).clone();
        row[Pass.CONTINUED] = i + 1 < own.size() ? 1 : 0;
        for (int field : List.of(Pass.TAPS, Pass.OFFSETS, Pass.LEFT_OFFSETS)) {
          int[] table = Taps.of(field, row);
          row[field] = Pass.NONE;
          if (table.length > 0) {
            IntBuffer key = IntBuffer.wrap(table); // has equals() of contents
            if (!tables.containsKey(key)) {
              tables.put(key, at);
              taps.add(table);
              at += table.length;
            }
            row[field] = tables.get(key);
          }
        }
        System.arraycopy(row, 0, rows, places.get(own) + i * Pass.LENGTH, Pass.LENGTH);
      }
    }
    taps.add(0, rows);
    return taps.stream().flatMapToInt(Arrays::stream).toArray();
  }
}
