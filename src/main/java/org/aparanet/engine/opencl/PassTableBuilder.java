package org.aparanet.engine.opencl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aparanet.engine.EngineException;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Layer;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;

/** Lays a network's passes out, and finds a place for every activation. */
final class PassTableBuilder {
  private final Network network;
  private final int batch;
  private final int groups;
  private final List<List<int[]>> forward = new ArrayList<>();
  private final List<List<int[]>> inference = new ArrayList<>();
  private final List<List<int[]>> backward = new ArrayList<>();
  private final List<int[]> updates = new ArrayList<>();

  /** What goes around branches on the way back, by the layer that a branch begins with. */
  private final Map<Integer, List<int[]>> skips = new HashMap<>();

  /** Where each layer's input begins. */
  private final int[] places;

  /** Whether each layer's input went through a ReLU in the pass that made it. */
  private final boolean[] relus;

  /** Whether the way back to whoever made a layer's input asks where it was positive. */
  private final boolean[] gates;

  /** Where each layer's input has its maxima, if it went through a max-pool of a convolution. */
  private final int[] maxima;

  /** Columns of that max-pool's output. */
  private final int[] poolWidths;

  /** Where among the gradients that are not pooled those of each layer's input begin. */
  private final long[] unpooledPlaces;

  private long activations;

  /** Gradients of convolutions' outputs in front of their max-pools. */
  private long unpooled;

  private long gradientPartials;
  private long forwardPartials;

  PassTableBuilder(Network network, int batch, int groups) {
    this.network = network;
    this.batch = batch;
    this.groups = groups;
    places = new int[network.nodes().size() + 1];
    relus = new boolean[places.length];
    gates = new boolean[places.length];
    maxima = new int[places.length];
    Arrays.fill(maxima, Pass.NONE);
    poolWidths = new int[places.length];
    unpooledPlaces = new long[places.length];
  }

  PassTable build() {
    int[] whole = new int[Pass.LENGTH];
    addForward(with(whole, Operation.GATHER));
    activations = (long) batch * network.input().size();
    List<FusedLayer> layers = FusedLayer.of(network);
    List<int[]> rows = new ArrayList<>();
    for (FusedLayer layer : layers) {
      int[] row = row(layer);
      rows.add(row);
      addForward(layer.node().layer(), row);
    }
    placeUnpooled(layers, rows);
    for (int i = layers.size() - 1; i >= 0; i--) {
      addBackward(layers.get(i).node(), rows.get(i));
    }
    requireRoom("partial sums", Math.max(gradientPartials, forwardPartials));
    boolean alike = inference.equals(forward);
    List<List<int[]>> trained = chained(forward);
    List<List<int[]>> inferred = alike ? trained : chained(inference);
    List<List<int[]>> steps = withLoss();
    chainGradients();
    List<List<int[]>> update = List.of(updates);
    List<List<int[]>> clippedUpdate =
        List.of(
            updates.stream().map(row -> with(row, Operation.GRADIENT_SQUARES)).toList(),
            List.of(with(whole, Operation.SQUARE_SUMS)),
            updates.stream().map(row -> with(row, Pass.CLIPPED, 1)).toList());
    List<List<int[]>> all = new ArrayList<>();
    PassTable.Passes training = append(all, trained);
    PassTable.Passes back = append(all, joined(backward, update));
    PassTable.Passes clippedBack = append(all, joined(backward, clippedUpdate));
    PassTable.Passes step = append(all, joined(steps, update));
    PassTable.Passes clippedStep = append(all, joined(steps, clippedUpdate));
    return new PassTable(
        PassTable.assemble(alike ? all : joined(all, inferred)),
        training,
        back,
        clippedBack,
        step,
        clippedStep,
        alike ? training : new PassTable.Passes(all.size(), inferred.size()),
        (int) activations,
        (int) (activations + unpooled),
        (int) Math.max(1, Math.max(gradientPartials, forwardPartials)));
  }

  /** With the dense layers at the end in one pass, if there are several. */
  private static List<List<int[]>> chained(List<List<int[]>> passes) {
    List<List<int[]>> rest = new ArrayList<>(passes);
    List<int[]> links = DenseChain.removeTail(rest);
    if (links.size() < 2) {
      return passes;
    }
    rest.add(DenseChain.pass(links));
    return rest;
  }

  /** A whole step but for the update, with the loss as a link between the way forward and back. */
  private List<List<int[]>> withLoss() {
    List<List<int[]>> passes = new ArrayList<>(forward);
    List<List<int[]>> back = new ArrayList<>(backward);
    List<int[]> links = DenseChain.removeTail(passes);
    links.add(DenseChain.loss(network.classes()));
    links.addAll(DenseChain.removeGradients(back));
    passes.add(DenseChain.pass(links));
    passes.addAll(back);
    return passes;
  }

  /** The dense layers' gradients in one pass likewise; one gradient alone stays where it is. */
  private void chainGradients() {
    List<List<int[]>> rest = new ArrayList<>(backward);
    List<int[]> links = DenseChain.removeGradients(rest);
    if (links.size() > 1) {
      backward.clear();
      backward.add(DenseChain.pass(links));
      backward.addAll(rest);
    }
  }

  private static PassTable.Passes append(List<List<int[]>> all, List<List<int[]>> passes) {
    all.addAll(passes);
    return new PassTable.Passes(all.size() - passes.size(), passes.size());
  }

  private static List<List<int[]>> joined(List<List<int[]>> some, List<List<int[]>> others) {
    List<List<int[]>> joined = new ArrayList<>(some);
    joined.addAll(others);
    return joined;
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

  private int[] row(FusedLayer layer) {
    Network.Node node = layer.node();
    int index = node.index();
    int next = next(layer);
    int[] row = PassTable.shapes(node);
    row[Pass.INPUT] = places[index];
    row[Pass.RELU] = layer.relu() ? 1 : 0;
    row[Pass.INPUT_RELU] = relus[index] ? 1 : 0;
    boolean logits = next == network.nodes().size();
    boolean inPlace = inPlace(node);
    if (logits) {
      row[Pass.LOGITS] = 1;
    } else {
      row[Pass.OUTPUT] = inPlace ? places[index] : reserve((long) batch * layer.output().size());
    }
    if (layer.pooled()) {
      row[Pass.MAXIMA] = reserve((long) batch * layer.output().size());
      row[Pass.POOL_HEIGHT] = layer.output().height();
      row[Pass.POOL_WIDTH] = layer.output().width();
      maxima[next] = row[Pass.MAXIMA];
      poolWidths[next] = row[Pass.POOL_WIDTH];
      unpooledPlaces[next] = unpooled;
      unpooled += 4L * batch * layer.output().size();
    }
    if (!node.tensors().isEmpty()) {
      row[Pass.WEIGHT] = node.tensors().get(0).offset();
    }
    if (node.tensors().size() > 1) {
      row[Pass.BIAS] = node.tensors().get(1).offset();
    }
    if (node.layer() instanceof BatchNorm) {
      row[Pass.STATISTICS] = reserve(2L * node.input().channels());
      row[Pass.RUNNING_MEAN] = node.tensors().get(2).offset();
      row[Pass.RUNNING_VARIANCE] = node.tensors().get(3).offset();
    }
    if (node.layer() instanceof ResidualAdd add) {
      addSkip(add.start(index), row);
    }
    places[next] = row[Pass.OUTPUT];
    relus[next] = layer.relu();
    gates[next] = layer.relu() || node.layer() instanceof Relu || inPlace && gates[index];
    return row;
  }

  /**
   * Gives the gradients of convolutions' outputs in front of max-pools a place behind all others.
   */
  private void placeUnpooled(List<FusedLayer> layers, List<int[]> rows) {
    requireRoom("gradients of activations", activations + unpooled);
    for (int i = 0; i < rows.size(); i++) {
      int[] row = rows.get(i);
      row[Pass.GRADIENT] =
          layers.get(i).pooled() ? unpooled(next(layers.get(i))) : row[Pass.OUTPUT];
      placeUnpooled(layers.get(i).node().index(), row);
    }
    skips.forEach((start, around) -> around.forEach(skip -> placeUnpooled(start, skip)));
  }

  private void placeUnpooled(int input, int[] row) {
    if (maxima[input] != Pass.NONE) {
      row[Pass.UNPOOLED] = unpooled(input);
      row[Pass.INPUT_MAXIMA] = maxima[input];
      row[Pass.UNPOOLED_WIDTH] = poolWidths[input];
    }
  }

  private int unpooled(int input) {
    return (int) (activations + unpooledPlaces[input]);
  }

  /** The layer behind those that a pass computes. */
  private static int next(FusedLayer layer) {
    return layer.node().index() + 1 + (layer.relu() ? 1 : 0) + (layer.pooled() ? 1 : 0);
  }

  /** Room among the activations. */
  private int reserve(long count) {
    int place = (int) activations;
    activations += count;
    requireRoom("activations", activations);
    return place;
  }

  /**
   * Whether a layer may write over its input. Nobody must need it any more: no branch that begins
   * there, and for a sum nobody on the way back who asks where it was positive. What a ReLU or
   * dropout leaves is as positive as its input was.
   */
  private boolean inPlace(Network.Node node) {
    if (!network.branchesFrom(node.index()).isEmpty()) {
      return false;
    }
    return node.layer() instanceof Relu
        || node.layer() instanceof Dropout
        || node.layer() instanceof ResidualAdd && !gates[node.index()];
  }

  /** What goes around a branch, and comes back where it begins. */
  private void addSkip(int start, int[] row) {
    row[Pass.SKIPPED] = places[start];
    int[] skip = with(row, Operation.RESIDUAL_BACKWARD);
    skip[Pass.INPUT] = places[start];
    skip[Pass.INPUT_RELU] = relus[start] ? 1 : 0;
    skip[Pass.ADDS] = 1;
    skips.computeIfAbsent(start, s -> new ArrayList<>()).add(skip);
  }

  private void addForward(Layer layer, int[] row) {
    if (layer instanceof Convolution || layer instanceof Dense) {
      int[] product = planned(PassTable.product(Operation.FORWARD, row));
      if (product[Pass.CHUNKS] > 1) {
        cut(product, batch * product[Pass.ROWS] * product[Pass.COLUMNS]);
        addForward(product);
        addForward(with(product, Operation.FINISH_OUTPUTS));
      } else {
        addForward(product);
      }
    } else if (layer instanceof BatchNorm) {
      int[] chunked = normChunks(row);
      cut(chunked, 2 * row[Pass.CHANNELS]);
      forward.add(List.of(with(chunked, Operation.BATCH_NORM_STATISTICS)));
      forward.add(List.of(with(chunked, Operation.BATCH_NORM_FORWARD)));
      int[] running = with(chunked, Operation.BATCH_NORM_FORWARD);
      inference.add(List.of(with(running, Pass.STATISTICS, Pass.NONE)));
    } else if (layer instanceof Dropout) {
      int[] drop = with(row, Operation.DROPOUT_FORWARD);
      forward.add(List.of(drop));
      if (row[Pass.INPUT] != row[Pass.OUTPUT]) { // inference then has to copy
        int[] keep = with(drop, Pass.THRESHOLD, Integer.MIN_VALUE);
        inference.add(List.of(with(keep, Pass.KEPT, Pass.WHOLE)));
      }
    } else if (layer instanceof MaxPool) {
      addForward(with(row, Operation.MAX_POOL_FORWARD));
    } else if (layer instanceof AveragePool || layer instanceof GlobalAveragePool) {
      addForward(with(row, Operation.AVERAGE_POOL_FORWARD));
    } else if (layer instanceof ResidualAdd) {
      addForward(with(row, Operation.RESIDUAL_FORWARD));
    } else if (layer instanceof Relu) {
      addForward(with(row, Operation.RELU_FORWARD));
    } else {
      throw new EngineException("the OpenCL engine does not know the layer " + layer.text());
    }
  }

  /** A pass that is the same in training and inference. */
  private void addForward(int[] row) {
    List<int[]> pass = List.of(row);
    forward.add(pass);
    inference.add(pass);
  }

  /** Sums of the way forward, which the next pass adds up. */
  private void cut(int[] row, int stride) {
    row[Pass.PARTIALS] = 0;
    row[Pass.PARTIAL_STRIDE] = stride;
    forwardPartials = Math.max(forwardPartials, (long) row[Pass.CHUNKS] * stride);
  }

  private void addBackward(Network.Node node, int[] row) {
    Layer layer = node.layer();
    // the gradient goes no further back than to the first layer that learns
    boolean data = node.index() > network.firstLearning();
    if (layer instanceof Convolution || layer instanceof Dense) {
      List<int[]> pass = new ArrayList<>();
      pass.add(gradient(planned(PassTable.product(Operation.BACKWARD_FILTER, row))));
      if (data) {
        pass.add(planned(PassTable.product(Operation.BACKWARD_DATA, row)));
      }
      backward.add(pass);
    } else if (layer instanceof BatchNorm) {
      int[] sums = normChunks(with(row, Operation.BATCH_NORM_SUMS));
      sums[Pass.PARTIAL_STRIDE] = 2 * row[Pass.CHANNELS];
      backward.add(List.of(gradient(sums)));
      if (data) {
        backward.add(List.of(with(sums, Operation.BATCH_NORM_BACKWARD)));
      }
    } else if (data) {
      addBackward(layer, row);
    }
    if (data) {
      skips.getOrDefault(node.index(), List.of()).forEach(skip -> backward.add(List.of(skip)));
    }
  }

  private void addBackward(Layer layer, int[] row) {
    if (layer instanceof MaxPool) {
      backward.add(List.of(with(row, Operation.MAX_POOL_BACKWARD)));
    } else if (layer instanceof AveragePool || layer instanceof GlobalAveragePool) {
      backward.add(List.of(with(row, Operation.AVERAGE_POOL_BACKWARD)));
    } else if (layer instanceof Dropout) {
      backward.add(List.of(with(row, Operation.DROPOUT_BACKWARD)));
    } else if (layer instanceof Relu) {
      backward.add(List.of(with(row, Operation.RELU_BACKWARD)));
    } else if (row[Pass.INPUT] != row[Pass.OUTPUT]) { // a sum in place has its gradient there
      backward.add(List.of(with(row, Operation.RESIDUAL_BACKWARD)));
    }
  }

  /** Gives a gradient's chunks their place, and has the update add them up. */
  private int[] gradient(int[] row) {
    row[Pass.PARTIALS] = (int) Math.min(gradientPartials, Integer.MAX_VALUE);
    gradientPartials += (long) row[Pass.CHUNKS] * row[Pass.PARTIAL_STRIDE];
    updates.add(0, with(with(row, Operation.UPDATE), Pass.COLUMNS, row[Pass.PARTIAL_STRIDE]));
    return row;
  }

  private int[] planned(int[] row) {
    return ProductPlan.of(row, batch, groups).in(row);
  }

  private int[] normChunks(int[] row) {
    long elements = (long) batch * row[Pass.HEIGHT] * row[Pass.WIDTH];
    return with(row, Pass.CHUNKS, ProductPlan.normChunks(row[Pass.CHANNELS], elements, groups));
  }

  private static int[] with(int[] row, int operation) {
    return with(row, Pass.OPERATION, operation);
  }

  private static int[] with(int[] row, int field, int value) {
    int[] copy = row.clone();
    copy[field] = value;
    return copy;
  }
}
