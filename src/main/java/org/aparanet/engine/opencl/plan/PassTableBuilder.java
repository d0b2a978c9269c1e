package org.aparanet.engine.opencl.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.opencl.kernel.Opcode;
import org.aparanet.engine.opencl.kernel.Pass;
import org.aparanet.model.Network;

/** Builder of pass tables: lays out a network's passes and gives every activation its offset. */
public final class PassTableBuilder {
  private final Network network;
  private final int batch;
  private final PassLists passes;

  /** Backward rows of the skip connections, by the index of the branch's first layer. */
  private final Map<Integer, List<int[]>> skips = new HashMap<>();

  /** The first of the layers that take each layer's input, where it lies. */
  private final int[] sources;

  /** Whether a pass has left a gradient of the input of each of these first layers. */
  private final boolean[] graded;

  /** Offset of each layer's input among the activations. */
  private final int[] offsets;

  /** Whether each layer's input went through a ReLU in the pass that made it. */
  private final boolean[] relus;

  /**
   * Whether the backward pass of the layer that made each layer's input asks for its signs, or
   * writes over its gradient.
   */
  private final boolean[] keptAsMade;

  /** Offset of the maxima of each layer's input, if it went through a convolution's max-pool. */
  private final int[] maxima;

  /** Columns of that max-pool's output. */
  private final int[] poolWidths;

  /** Offset of each layer's input among the gradients in front of max-pools. */
  private final long[] unpooledOffsets;

  /** Elements of the batch's images and activations so far. */
  private long activations;

  /** Elements of the gradients of convolutions' outputs in front of their max-pools so far. */
  private long unpooled;

  private PassTableBuilder(Network network, int batch, int groups) {
    this.network = network;
    this.batch = batch;
    passes = new PassLists(batch, groups);
    offsets = new int[network.nodes().size() + 1];
    graded = new boolean[offsets.length];
    sources = IntStream.range(0, offsets.length).toArray();
    relus = new boolean[offsets.length];
    keptAsMade = new boolean[offsets.length];
    maxima = new int[offsets.length];
    Arrays.fill(maxima, Pass.NONE);
    poolWidths = new int[offsets.length];
    unpooledOffsets = new long[offsets.length];
  }

  /**
   * Lays a network out.
   *
   * @param batch the most images of a step
   * @param groups work-groups that fill the device
   * @throws EngineException if the activations are more than one array can hold
   */
  public static PassTable table(Network network, int batch, int groups) {
    return new PassTableBuilder(network, batch, groups).build();
  }

  private PassTable build() {
    int[] whole = new int[Pass.LENGTH];
    passes.addForward(
        PassRows.with(whole, network.before() > 0 ? Opcode.TAKE_FLOATS : Opcode.GATHER));
    activations = (long) batch * network.input().size();
    List<FusedLayer> layers = FusedLayer.of(network);
    List<int[]> rows = new ArrayList<>();
    for (FusedLayer layer : layers) {
      int[] row = row(layer);
      rows.add(row);
      LayerPasses.of(layer.node()).forward(row, passes);
    }
    if (!network.endsInLogits()) {
      passes.addForward(outputs());
    }
    placeUnpooled(layers, rows);
    for (int i = layers.size() - 1; i >= 0; i--) {
      addBackward(layers.get(i).node(), rows.get(i));
    }
    requireRoom("partial sums", passes.partials());
    boolean alike = passes.inference().equals(passes.forward());
    List<List<int[]>> trained = chained(passes.forward());
    List<List<int[]>> inferred = alike ? trained : chained(passes.inference());
    List<List<int[]>> steps = withLoss();
    chainGradients();
    List<List<int[]>> update = passes.updates().isEmpty() ? List.of() : List.of(passes.updates());
    List<List<int[]>> clippedUpdate =
        List.of(
            passes.updates().stream()
                .map(row -> PassRows.with(row, Opcode.GRADIENT_SQUARES))
                .toList(),
            List.of(PassRows.with(whole, Opcode.SQUARE_SUMS)),
            passes.updates().stream().map(row -> PassRows.with(row, Pass.CLIPPED, 1)).toList());
    List<List<int[]>> all = new ArrayList<>();
    PassTable.Passes training = append(all, trained);
    PassTable.Passes back = append(all, joined(passes.backward(), update));
    PassTable.Passes clippedBack = append(all, joined(passes.backward(), clippedUpdate));
    PassTable.Passes step = append(all, joined(steps, update));
    PassTable.Passes clippedStep = append(all, joined(steps, clippedUpdate));
    return new PassTable(
        PassRows.assemble(alike ? all : joined(all, inferred)),
        training,
        back,
        clippedBack,
        step,
        clippedStep,
        alike ? training : new PassTable.Passes(all.size(), inferred.size()),
        (int) activations,
        (int) (activations + unpooled),
        (int) Math.max(1, passes.partials()));
  }

  /** Row that copies the outputs of the last layer to where logits are. */
  private int[] outputs() {
    int[] row = new int[Pass.LENGTH];
    row[Pass.OPERATION] = Opcode.GIVE_FLOATS;
    row[Pass.INPUT] = offsets[network.nodes().size()];
    row[Pass.ROWS] = network.classes();
    return row;
  }

  /** The passes with the small dense layers at the end joined to one, if there are several. */
  private static List<List<int[]>> chained(List<List<int[]>> passes) {
    List<List<int[]>> rest = new ArrayList<>(passes);
    List<int[]> links = DenseChain.removeTail(rest);
    if (links.size() < 2) {
      return passes;
    }
    rest.add(DenseChain.pass(links));
    return rest;
  }

  /** A whole step but for the update, with the loss as a link between forward and backward. */
  private List<List<int[]>> withLoss() {
    List<List<int[]>> step = new ArrayList<>(passes.forward());
    List<List<int[]>> back = new ArrayList<>(passes.backward());
    List<int[]> links = DenseChain.removeTail(step);
    links.add(DenseChain.loss(network.classes()));
    links.addAll(DenseChain.removeGradients(back));
    step.add(DenseChain.pass(links));
    step.addAll(back);
    return step;
  }

  /** Joins the small dense layers' gradients to one pass; one gradient alone stays where it is. */
  private void chainGradients() {
    List<List<int[]>> rest = new ArrayList<>(passes.backward());
    List<int[]> links = DenseChain.removeGradients(rest);
    if (links.size() > 1) {
      passes.backward().clear();
      passes.backward().add(DenseChain.pass(links));
      passes.backward().addAll(rest);
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

  /** The elements of a pooled convolution are counted in quarters, hence the 4. */
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
    int[] row = PassRows.shapes(node);
    row[Pass.INPUT] = offsets[index];
    row[Pass.RELU] = layer.relu() ? 1 : 0;
    row[Pass.INPUT_RELU] = relus[index] ? 1 : 0;
    boolean logits = next == network.nodes().size() && network.endsInLogits();
    boolean inPlace = inPlace(node);
    LayerPasses own = LayerPasses.of(node);
    if (own.source() != Pass.NONE) {
      lead(own.source(), next);
      return row;
    }
    if (logits) {
      row[Pass.LOGITS] = 1;
    } else {
      row[Pass.OUTPUT] = inPlace ? offsets[index] : reserve((long) batch * layer.output().size());
    }
    if (layer.pooled()) {
      row[Pass.MAXIMA] = reserve((long) batch * layer.output().size());
      row[Pass.POOL_HEIGHT] = layer.output().height();
      row[Pass.POOL_WIDTH] = layer.output().width();
      maxima[next] = row[Pass.MAXIMA];
      poolWidths[next] = row[Pass.POOL_WIDTH];
      unpooledOffsets[next] = unpooled;
      unpooled += 4L * batch * layer.output().size();
    }
    if (!node.tensors().isEmpty()) {
      row[Pass.WEIGHT] = node.tensors().get(0).offset();
    }
    if (node.tensors().size() > 1) {
      row[Pass.BIAS] = node.tensors().get(1).offset();
    }
    own.place(row, node, this::reserve);
    if (own.branchStart() != Pass.NONE) {
      addSkip(own.branchStart(), row);
    }
    offsets[next] = row[Pass.OUTPUT];
    relus[next] = layer.relu();
    keptAsMade[next] =
        layer.relu()
            || own.gatesByOutput()
            || inPlace && (keptAsMade[index] || own.branchStart() == Pass.NONE);
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
    return (int) (activations + unpooledOffsets[input]);
  }

  /** Index of the first layer behind those that a pass computes. */
  private static int next(FusedLayer layer) {
    return layer.node().index() + 1 + (layer.relu() ? 1 : 0) + (layer.pooled() ? 1 : 0);
  }

  /** Has a layer take the input of an earlier one, where that lies. */
  private void lead(int source, int to) {
    sources[to] = sources[source];
    offsets[to] = offsets[source];
    relus[to] = relus[source];
    keptAsMade[to] = keptAsMade[source];
    maxima[to] = maxima[source];
    poolWidths[to] = poolWidths[source];
    unpooledOffsets[to] = unpooledOffsets[source];
  }

  /** Reserves elements among the activations; returns the offset of the first. */
  private int reserve(long count) {
    int place = (int) activations;
    activations += count;
    requireRoom("activations", activations);
    return place;
  }

  /**
   * Whether a layer writes over its input. Nothing must need that any more: no other layer that
   * takes it, and for a sum no backward pass that asks for its signs or writes over its gradient,
   * which is that of both of the sum's inputs.
   */
  private boolean inPlace(Network.Node node) {
    return !network.sharesInput(node.index())
        && LayerPasses.of(node).mayOverwriteInput(keptAsMade[node.index()]);
  }

  /** The skip connection of a branch, whose backward row adds to the gradient at its start. */
  private void addSkip(int start, int[] row) {
    row[Pass.SKIPPED] = offsets[start];
    int[] skip = PassRows.with(row, Opcode.RESIDUAL_BACKWARD);
    skip[Pass.INPUT] = offsets[start];
    skip[Pass.INPUT_RELU] = relus[start] ? 1 : 0;
    skips.computeIfAbsent(start, s -> new ArrayList<>()).add(skip);
  }

  private void addBackward(Network.Node node, int[] row) {
    // the gradient goes no further back than to the first layer that learns
    boolean data = sources[node.index()] > network.firstLearning();
    LayerPasses own = LayerPasses.of(node);
    int source = sources[node.index()];
    row[Pass.ADDS] = graded[source] ? 1 : 0;
    own.backward(row, data, passes);
    graded[source] |=
        own.source() == Pass.NONE; // a shortcut leaves no gradient of what it is given
    if (data) {
      for (int[] skip : skips.getOrDefault(node.index(), List.of())) {
        passes.addBackward(PassRows.with(skip, Pass.ADDS, graded[source] ? 1 : 0));
        graded[source] = true;
      }
    }
  }
}
