package org.aparanet.engine.opencl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aparanet.engine.EngineException;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Relu;
import org.aparanet.model.Shape;

/**
 * The passes of a network's training step: forward, then backward and update, with the place of
 * every activation.
 *
 * @param values where the row of each pass begins, then the rows as {@link Pass} lays them out,
 *     then the tables of {@link Taps}
 * @param forwardPasses number of passes from the images to the logits; they come first
 * @param backwardPasses number of passes from the logits' gradient to the updated parameters
 * @param activationCount elements of the array that holds the batch's images and activations
 * @param partialCount elements of the array that holds sums cut into chunks
 */
record PassTable(
    int[] values, int forwardPasses, int backwardPasses, int activationCount, int partialCount) {

  /**
   * Lays a network out.
   *
   * @param batch the most images of a step
   * @param groups work-groups that fill the device
   * @throws EngineException if the activations are more than one array can hold
   */
  static PassTable of(Network network, int batch, int groups) {
    return new Builder(network, batch, groups).build();
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
    if (node.layer() instanceof Convolution convolution) {
      row[Pass.WINDOW_HEIGHT] = convolution.filterHeight();
      row[Pass.WINDOW_WIDTH] = convolution.filterWidth();
      row[Pass.STRIDE] = convolution.stride();
      row[Pass.PADDING] = convolution.padding();
    } else if (node.layer() instanceof MaxPool pool) {
      row[Pass.WINDOW_HEIGHT] = pool.size();
      row[Pass.WINDOW_WIDTH] = pool.size();
      row[Pass.STRIDE] = pool.stride();
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
    row[Pass.SEEN_MAXIMA] = Pass.NONE;
    row[Pass.RIGHT_SOURCE] = Source.ACTIVATIONS;
    row[Pass.LEFT_SOURCE] = Source.PARAMETERS;
    row[Pass.GRID_HEIGHT] = row[Pass.OUT_HEIGHT];
    row[Pass.GRID_WIDTH] = row[Pass.OUT_WIDTH];
    row[Pass.STEP] = row[Pass.STRIDE];
    row[Pass.ORIGIN] = -row[Pass.PADDING];
    row[Pass.DIRECTION] = 1;
    row[Pass.DIVISOR] = 1;
    int window = row[Pass.WINDOW_HEIGHT] * row[Pass.WINDOW_WIDTH];
    row[Pass.TAP_COUNT] = row[Pass.CHANNELS] * window;
    int outHeight = pooled ? row[Pass.POOL_HEIGHT] : row[Pass.OUT_HEIGHT];
    int outWidth = pooled ? row[Pass.POOL_WIDTH] : row[Pass.OUT_WIDTH];
    int gradient = row[Pass.LOGITS] == 1 ? Source.D_LOGITS : Source.D_ACTIVATIONS;
    switch (operation) {
      case Operation.FORWARD -> {
        row[Pass.ROWS] = row[Pass.OUT_CHANNELS];
        row[Pass.DEPTH] = row[Pass.CHANNELS] * window;
        row[Pass.LEFT_STRIDE] = row[Pass.DEPTH];
        row[Pass.LEFT_CHANNEL] = window;
        if (pooled) { // what is in no window is not computed
          row[Pass.GRID_HEIGHT] = 2 * outHeight;
          row[Pass.GRID_WIDTH] = 2 * outWidth;
        }
        row[Pass.COLUMNS] = row[Pass.GRID_HEIGHT] * row[Pass.GRID_WIDTH];
      }
      case Operation.BACKWARD_DATA -> {
        row[Pass.ROWS] = row[Pass.CHANNELS];
        row[Pass.DEPTH] = row[Pass.OUT_CHANNELS] * window;
        row[Pass.LEFT_STRIDE] = window;
        row[Pass.LEFT_CHANNEL] = row[Pass.CHANNELS] * window;
        row[Pass.RIGHT_SOURCE] = gradient;
        row[Pass.SEEN] = row[Pass.OUTPUT];
        row[Pass.SEEN_CHANNELS] = row[Pass.OUT_CHANNELS];
        row[Pass.SEEN_HEIGHT] = outHeight;
        row[Pass.SEEN_WIDTH] = outWidth;
        row[Pass.SEEN_MAXIMA] = pooled ? row[Pass.MAXIMA] - row[Pass.OUTPUT] : Pass.NONE;
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

  /** Puts rows and tables together; a table that several rows use is there once. */
  static int[] assemble(List<List<int[]>> passes) {
    int rows = passes.stream().mapToInt(List::size).sum();
    int next = passes.size() + rows * Pass.LENGTH;
    Map<List<Integer>, Integer> tables = new HashMap<>();
    List<int[]> parts = new ArrayList<>();
    int[] starts = new int[passes.size()];
    parts.add(starts);
    int at = passes.size();
    List<int[]> taps = new ArrayList<>();
    for (int pass = 0; pass < starts.length; pass++) {
      starts[pass] = at;
      List<int[]> own = passes.get(pass);
      for (int i = 0; i < own.size(); i++, at += Pass.LENGTH) {
        int[] row = own.get(i).clone();
        row[Pass.CONTINUED] = i + 1 < own.size() ? 1 : 0;
        if (row[Pass.OPERATION] <= Operation.LAST_PRODUCT) {
          int height = row[Pass.WINDOW_HEIGHT];
          int width = row[Pass.WINDOW_WIDTH];
          boolean data = row[Pass.OPERATION] == Operation.BACKWARD_DATA;
          int channels = row[data ? Pass.OUT_CHANNELS : Pass.CHANNELS];
          Integer known = tables.get(List.of(channels, height, width));
          if (known == null) {
            known = next;
            tables.put(List.of(channels, height, width), next);
            int[] table = Taps.table(channels, height, width);
            taps.add(table);
            next += table.length;
          }
          row[Pass.TAPS] = known;
        }
        parts.add(row);
      }
    }
    parts.addAll(taps);
    return parts.stream().flatMapToInt(Arrays::stream).toArray();
  }

  private static final class Builder {
    private final Network network;
    private final int batch;
    private final int groups;
    private final List<List<int[]>> forward = new ArrayList<>();
    private final List<List<int[]>> backward = new ArrayList<>();
    private final List<int[]> updates = new ArrayList<>();
    private long activations;
    private long gradientPartials;
    private long forwardPartials;

    Builder(Network network, int batch, int groups) {
      this.network = network;
      this.batch = batch;
      this.groups = groups;
    }

    PassTable build() {
      int[] gather = new int[Pass.LENGTH];
      gather[Pass.OPERATION] = Operation.GATHER;
      forward.add(List.of(gather));
      activations = (long) batch * network.input().size();
      List<FusedLayer> layers = FusedLayer.of(network);
      long input = 0;
      boolean inputRelu = false;
      for (FusedLayer layer : layers) {
        boolean logits = layer == layers.get(layers.size() - 1);
        boolean relu = layer.node().layer() instanceof Relu;
        long output = relu ? input : activations; // a ReLU of its own works in place
        if (logits) {
          output = 0;
        } else if (!relu) {
          activations += (long) batch * layer.output().size();
        }
        long maxima = activations;
        if (layer.pooled()) {
          activations += (long) batch * layer.output().size();
        }
        requireRoom("activations", activations);
        add(layer, row(layer, logits, inputRelu, (int) input, (int) output, (int) maxima));
        inputRelu = layer.relu();
        input = output;
      }
      backward.add(updates);
      requireRoom("partial sums", Math.max(gradientPartials, forwardPartials));
      List<List<int[]>> all = new ArrayList<>(forward);
      all.addAll(backward);
      return new PassTable(
          assemble(all),
          forward.size(),
          backward.size(),
          (int) activations,
          (int) Math.max(1, Math.max(gradientPartials, forwardPartials)));
    }

    /** A pooled convolution's places are counted in quarters, hence the 4. */
    private void requireRoom(String what, long count) {
      if (count >= Integer.MAX_VALUE / 4) {
        throw new EngineException(
            "a batch of "
                + batch
                + " needs "
                + count
                + " "
                + what
                + "; the OpenCL engine takes at most "
                + Integer.MAX_VALUE / 4);
      }
    }

    private static int[] row(
        FusedLayer layer, boolean logits, boolean inputRelu, int input, int output, int maxima) {
      Network.Node node = layer.node();
      int[] row = shapes(node);
      row[Pass.INPUT] = input;
      row[Pass.OUTPUT] = output;
      row[Pass.RELU] = layer.relu() ? 1 : 0;
      row[Pass.INPUT_RELU] = inputRelu ? 1 : 0;
      row[Pass.LOGITS] = logits ? 1 : 0;
      if (layer.pooled()) {
        row[Pass.MAXIMA] = maxima;
        row[Pass.POOL_HEIGHT] = layer.output().height();
        row[Pass.POOL_WIDTH] = layer.output().width();
      }
      if (!node.tensors().isEmpty()) {
        row[Pass.WEIGHT] = node.tensors().get(0).offset();
      }
      if (node.tensors().size() > 1) {
        row[Pass.BIAS] = node.tensors().get(1).offset();
      }
      return row;
    }

    private void add(FusedLayer layer, int[] row) {
      int index = layer.node().index();
      int firstLearning = network.firstLearning();
      if (!layer.node().tensors().isEmpty()) {
        addForward(planned(product(Operation.FORWARD, row)));
        List<int[]> pass = new ArrayList<>();
        pass.add(filterGradient(row));
        if (index > firstLearning) { // the gradient goes no further back than to there
          pass.add(planned(product(Operation.BACKWARD_DATA, row)));
        }
        backward.add(0, pass);
        return;
      }
      boolean pool = layer.node().layer() instanceof MaxPool;
      forward.add(List.of(with(row, pool ? Operation.MAX_POOL_FORWARD : Operation.RELU_FORWARD)));
      if (index > firstLearning) {
        backward.add(
            0, List.of(with(row, pool ? Operation.MAX_POOL_BACKWARD : Operation.RELU_BACKWARD)));
      }
    }

    private void addForward(int[] row) {
      forward.add(List.of(row));
      if (row[Pass.CHUNKS] > 1) {
        row[Pass.PARTIALS] = 0;
        row[Pass.PARTIAL_STRIDE] = batch * row[Pass.ROWS] * row[Pass.COLUMNS];
        forwardPartials =
            Math.max(forwardPartials, (long) row[Pass.CHUNKS] * row[Pass.PARTIAL_STRIDE]);
        forward.add(List.of(with(row, Operation.FINISH_OUTPUTS)));
      }
    }

    private int[] filterGradient(int[] layer) {
      int[] row = planned(product(Operation.BACKWARD_FILTER, layer));
      row[Pass.PARTIALS] = (int) Math.min(gradientPartials, Integer.MAX_VALUE);
      gradientPartials += (long) row[Pass.CHUNKS] * row[Pass.PARTIAL_STRIDE];
      int[] update = with(row, Operation.UPDATE);
      update[Pass.COLUMNS] = row[Pass.PARTIAL_STRIDE];
      updates.add(update);
      return row;
    }

    private int[] planned(int[] row) {
      return ProductPlan.of(row, batch, groups).in(row);
    }

    private static int[] with(int[] row, int operation) {
      int[] copy = row.clone();
      copy[Pass.OPERATION] = operation;
      return copy;
    }
  }
}
