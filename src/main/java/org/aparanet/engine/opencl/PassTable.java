package org.aparanet.engine.opencl;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.aparanet.engine.EngineException;
import org.aparanet.model.AveragePool;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;

/**
 * The passes of a network's training step: forward, then backward and update, with the place of
 * every activation. Inference has passes of its own where layers work differently there; and so has
 * a step back whose gradients are clipped.
 *
 * @param values where the row of each pass begins, then the rows as {@link Pass} lays them out,
 *     then the tables of {@link Taps}
 * @param forward the passes from the images to the logits, in training
 * @param backward the passes from the logits' gradient to the updated parameters
 * @param clipped the same with gradients that are clipped
 * @param step the passes of a whole step whose loss the device computes
 * @param clippedStep the same with gradients that are clipped
 * @param inference the passes from the images to the logits, in inference
 * @param activationCount elements of the array that holds the batch's images and activations
 * @param gradientCount elements of the array that holds the activations' gradients
 * @param partialCount elements of the array that holds sums cut into chunks
 */
record PassTable(
    int[] values,
    Passes forward,
    Passes backward,
    Passes clipped,
    Passes step,
    Passes clippedStep,
    Passes inference,
    int activationCount,
    int gradientCount,
    int partialCount) {

  /**
   * Passes that are executed one after another.
   *
   * @param first number of the first one in the table
   * @param count how many
   */
  record Passes(int first, int count) {

    /** The same, but for the first of them. */
    Passes withoutFirst() {
      return new Passes(first + 1, count - 1);
    }
  }

  /** Number of passes from the images to the logits, in training. */
  int forwardPasses() {
    return forward.count();
  }

  /** Number of passes from the logits' gradient to the updated parameters. */
  int backwardPasses() {
    return backward.count();
  }

  /**
   * Lays a network out.
   *
   * @param batch the most images of a step
   * @param groups work-groups that fill the device
   * @throws EngineException if the activations are more than one array can hold
   */
  static PassTable of(Network network, int batch, int groups) {
    return new PassTableBuilder(network, batch, groups).build();
  }

  /** A row with a layer's shapes, its weights at 0, and everything else at zero or none. */
  static int[] shapes(Network.Node node) {
    boolean dense = node.layer() instanceof Dense;
    Shape in = dense ? new Shape(node.input().size(), 1, 1) : node.input();
    int[] row = new int[Pass.LENGTH];
    row[Pass.CHANNELS] = in.channels();
    row[Pass.HEIGHT] = in.height();
    row[Pass.WIDTH] = in.width();
    row[Pass.OUT_CHANNELS] = node.output().channels();
    row[Pass.OUT_HEIGHT] = node.output().height();
    row[Pass.OUT_WIDTH] = node.output().width();
    row[Pass.WINDOW_HEIGHT] = 1;
    row[Pass.WINDOW_WIDTH] = 1;
    row[Pass.STRIDE] = 1;
    row[Pass.BIAS] = Pass.NONE;
    row[Pass.MAXIMA] = Pass.NONE;
    row[Pass.CHUNKS] = 1;
    row[Pass.SHARERS] = 1;
    row[Pass.PARTIALS] = Pass.NONE;
    row[Pass.LAYER] = node.index();
    row[Pass.STATISTICS] = Pass.NONE;
    row[Pass.RUNNING_MEAN] = Pass.NONE;
    row[Pass.UNPOOLED] = Pass.NONE;
    if (node.layer() instanceof Convolution convolution) {
      row[Pass.WINDOW_HEIGHT] = convolution.filterHeight();
      row[Pass.WINDOW_WIDTH] = convolution.filterWidth();
      row[Pass.STRIDE] = convolution.stride();
      row[Pass.PADDING] = convolution.padding();
    } else if (node.layer() instanceof MaxPool pool) {
      row[Pass.WINDOW_HEIGHT] = pool.size();
      row[Pass.WINDOW_WIDTH] = pool.size();
      row[Pass.STRIDE] = pool.stride();
    } else if (node.layer() instanceof AveragePool pool) {
      row[Pass.WINDOW_HEIGHT] = pool.size();
      row[Pass.WINDOW_WIDTH] = pool.size();
      row[Pass.STRIDE] = pool.stride();
    } else if (node.layer() instanceof GlobalAveragePool) {
      row[Pass.WINDOW_HEIGHT] = in.height();
      row[Pass.WINDOW_WIDTH] = in.width();
    } else if (node.layer() instanceof Dropout dropout) {
      row[Pass.THRESHOLD] = DropoutMask.threshold(dropout.probability());
      row[Pass.KEPT] = Math.round((1f - dropout.probability()) * Pass.WHOLE);
    }
    return row;
  }

  /** Fills in what a product needs, but for its plan and its taps. */
  static int[] product(int operation, int[] layer) {
    int[] row = layer.clone();
    boolean pooled = row[Pass.MAXIMA] != Pass.NONE;
    row[Pass.OPERATION] = operation;
    row[Pass.TAP_BITS] = Taps.bits(row[Pass.WINDOW_HEIGHT], row[Pass.WINDOW_WIDTH]);
    row[Pass.SEEN] = row[Pass.INPUT];
    row[Pass.SEEN_CHANNELS] = row[Pass.CHANNELS];
    row[Pass.SEEN_HEIGHT] = row[Pass.HEIGHT];
    row[Pass.SEEN_WIDTH] = row[Pass.WIDTH];
    row[Pass.RIGHT_SOURCE] = Source.ACTIVATIONS;
    row[Pass.LEFT_SOURCE] = Source.PARAMETERS;
    row[Pass.STEP] = row[Pass.STRIDE];
    row[Pass.ORIGIN] = -row[Pass.PADDING];
    row[Pass.DIRECTION] = 1;
    row[Pass.DIVISOR] = 1;
    int window = row[Pass.WINDOW_HEIGHT] * row[Pass.WINDOW_WIDTH];
    row[Pass.TAP_COUNT] = row[Pass.CHANNELS] * window;
    // what is in no window of the max-pool is not computed, and has no gradient
    int outHeight = pooled ? 2 * row[Pass.POOL_HEIGHT] : row[Pass.OUT_HEIGHT];
    int outWidth = pooled ? 2 * row[Pass.POOL_WIDTH] : row[Pass.OUT_WIDTH];
    row[Pass.GRID_HEIGHT] = outHeight;
    row[Pass.GRID_WIDTH] = outWidth;
    int gradient = row[Pass.LOGITS] == 1 ? Source.D_LOGITS : Source.D_ACTIVATIONS;
    switch (operation) {
      case Operation.FORWARD -> {
        row[Pass.ROWS] = row[Pass.OUT_CHANNELS];
        row[Pass.DEPTH] = row[Pass.CHANNELS] * window;
        row[Pass.LEFT_STRIDE] = row[Pass.DEPTH];
        row[Pass.LEFT_CHANNEL] = window;
        row[Pass.COLUMNS] = row[Pass.GRID_HEIGHT] * row[Pass.GRID_WIDTH];
      }
      case Operation.BACKWARD_DATA -> {
        row[Pass.ROWS] = row[Pass.CHANNELS];
        row[Pass.DEPTH] = row[Pass.OUT_CHANNELS] * window;
        row[Pass.LEFT_STRIDE] = window;
        row[Pass.LEFT_CHANNEL] = row[Pass.CHANNELS] * window;
        row[Pass.RIGHT_SOURCE] = gradient;
        row[Pass.SEEN] = row[Pass.GRADIENT];
        row[Pass.SEEN_CHANNELS] = row[Pass.OUT_CHANNELS];
        row[Pass.SEEN_HEIGHT] = outHeight;
        row[Pass.SEEN_WIDTH] = outWidth;
        row[Pass.GRID_HEIGHT] = row[Pass.HEIGHT];
        row[Pass.GRID_WIDTH] = row[Pass.WIDTH];
        row[Pass.STEP] = 1;
        row[Pass.ORIGIN] = row[Pass.PADDING];
        row[Pass.DIRECTION] = -1;
        row[Pass.DIVISOR] = row[Pass.STRIDE];
        row[Pass.COLUMNS] = row[Pass.GRID_HEIGHT] * row[Pass.GRID_WIDTH];
      }
      case Operation.BACKWARD_FILTER -> {
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
    row[Pass.SEEN_SIZE] = row[Pass.SEEN_CHANNELS] * row[Pass.SEEN_HEIGHT] * row[Pass.SEEN_WIDTH];
    return row;
  }

  /**
   * Puts rows and tables together; a table that several rows use is there once, and so is a pass
   * that stands in the list more than once.
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
            IntBuffer key = IntBuffer.wrap(table); // which is equal to another of equal contents
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
