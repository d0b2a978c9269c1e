package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aparanet.model.AveragePool;
import org.aparanet.model.Convolution;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Layer;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.Shape;

/**
 * Where everything of a network lies in the memory of vectors: a place for each tensor, with the
 * borders that its neighbours' windows reach into, and the tables of each layer. Made once for a
 * session and shared by its threads.
 */
final class LanePlan {

  /**
   * Floats before the first tensor. An array's elements begin 16 bytes after its address; where
   * that is a multiple of 64, as for the large arrays of G1, so are those of all vectors.
   */
  private static final int FIRST = 12;

  private static final int CACHE_LINE = 16; // floats

  private final Network network;
  private final int lanes;
  private final boolean channelsLast;
  private final int firstLearning;
  private final LaneTensor[] tensors; // by node: its input; last: the logits
  private final Correlation[] forward; // by node, null where it is no convolution
  private final Correlation[] backward;
  private final List<List<Correlation>> backwardRows = new ArrayList<>(); // by node
  private final Winograd[] winogradForward; // by node, null where it does not suit
  private final Winograd[] winogradBackward;
  private final WinogradGradient[] winogradGradients; // by node, null where it does not suit
  private final Correlation[] windows; // by node, null where no max-pool is computed with it
  private final Pooling[] poolings; // by node, null where it is no pool
  private int size = FIRST;

  /**
   * @param lanes floats of a vector
   * @param channelsLast whether the lanes are channels of one image, rather than images
   */
  LanePlan(Network network, int lanes, boolean channelsLast) {
    this.network = network;
    this.lanes = lanes;
    this.channelsLast = channelsLast;
    List<Node> nodes = network.nodes();
    firstLearning = network.firstLearning();
    tensors = new LaneTensor[nodes.size() + 1];
    tensors[0] = new LaneTensor(place(network.input(), inputColumn(), reach(0), 1), null);
    for (Node node : nodes) {
      int i = node.index();
      tensors[i + 1] = inPlace(network, node) ? tensors[i] : tensor(node);
    }
    forward = new Correlation[nodes.size()];
    backward = new Correlation[nodes.size()];
    winogradForward = new Winograd[nodes.size()];
    winogradBackward = new Winograd[nodes.size()];
    winogradGradients = new WinogradGradient[nodes.size()];
    windows = new Correlation[nodes.size()];
    poolings = new Pooling[nodes.size()];
    int scratch = size;
    for (Node node : nodes) {
      int i = node.index();
      backwardRows.add(List.of());
      if (node.layer() instanceof Convolution layer) {
        forward[i] = forward(node, layer);
        if (i > firstLearning) {
          backward[i] = backward(node, layer);
          backwardRows.set(i, backwardRows(node, layer));
        }
        if (!channelsLast && Winograd.suits(node, layer)) {
          planWinograd(node, layer, scratch);
        }
      } else if (node.layer() instanceof MaxPool layer) {
        poolings[i] = pooling(node, layer.size(), layer.size(), layer.stride());
      } else if (node.layer() instanceof AveragePool layer) {
        poolings[i] = pooling(node, layer.size(), layer.size(), layer.stride());
      } else if (node.layer() instanceof GlobalAveragePool) {
        poolings[i] = pooling(node, node.input().height(), node.input().width(), 1);
      }
    }
    for (Node node : nodes) {
      Node pool = readerOf(node);
      if (forward[node.index()] != null
          && winogradForward[node.index()] == null
          && pool != null
          && pool.layer() instanceof MaxPool layer
          && !keptBefore(pool)
          && layer.size() == 2
          && layer.stride() >= 2) {
        windows[node.index()] = windows(node, pool, layer);
      }
    }
  }

  /**
   * Whether a layer's output takes its input's place: that of a ReLU, unless a residual sum needs
   * the input as it was.
   */
  static boolean inPlace(Network network, Node node) {
    return node.layer() instanceof Relu && network.branchesFrom(node.index()).isEmpty();
  }

  private boolean inPlace(int i) {
    return inPlace(network, network.nodes().get(i));
  }

  /** Whether a residual sum needs what a layer reads, ReLU in place included. */
  private boolean keptBefore(Node reader) {
    int i = reader.index();
    boolean kept = !network.branchesFrom(i).isEmpty();
    while (!kept && i > 0 && inPlace(i - 1)) {
      i--;
      kept = !network.branchesFrom(i).isEmpty();
    }
    return kept;
  }

  /** Whole vectors, unless only convolutions and dense layers read the image, number by number. */
  private int inputColumn() {
    boolean vectors = !channelsLast || reader(0) instanceof MaxPool;
    return vectors ? column(network.input()) : network.input().channels();
  }

  private int column(Shape shape) {
    return channelsLast ? wholeVectors(shape.channels()) : lanes;
  }

  /** The next multiple of a vector's floats. */
  int wholeVectors(int floats) {
    return Math.multiplyExact((floats - 1) / lanes + 1, lanes);
  }

  private LaneLayout place(Shape shape, int border, int spread) {
    return place(shape, column(shape), border, spread);
  }

  private LaneLayout place(Shape shape, int columnStride, int border, int spread) {
    LaneLayout layout = new LaneLayout(shape, border, spread, size, columnStride, channelsLast);
    size = Math.addExact(size, (layout.size() + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
    return layout;
  }

  /**
   * A node's output: its values as its reader wants them, the gradients as the node itself does.
   */
  private LaneTensor tensor(Node node) {
    LaneLayout value = place(node.output(), reach(node.index() + 1), 1);
    if (node.index() < firstLearning) {
      return new LaneTensor(value, null);
    }
    boolean data = node.index() > firstLearning;
    LaneLayout gradient =
        node.layer() instanceof Convolution layer && data
            ? place(node.output(), gradientBorder(node, layer), layer.stride())
            : place(node.output(), 0, 1);
    return new LaneTensor(value, gradient);
  }

  /** Zeros around a tensor for the padding of the layer that reads it, found from node i on. */
  private int reach(int i) {
    return reader(i) instanceof Convolution convolution ? convolution.padding() : 0;
  }

  /** The first layer from node i on that is no ReLU in place; null behind the last. */
  private Layer reader(int i) {
    List<Node> nodes = network.nodes();
    int reader = skipRelu(i);
    return reader < nodes.size() ? nodes.get(reader).layer() : null;
  }

  /** The next node that is no ReLU in place; null behind the last. */
  private Node readerOf(Node node) {
    List<Node> nodes = network.nodes();
    int reader = skipRelu(node.index() + 1);
    return reader < nodes.size() ? nodes.get(reader) : null;
  }

  private int skipRelu(int i) {
    List<Node> nodes = network.nodes();
    while (i < nodes.size() && inPlace(i)) {
      i++;
    }
    return i;
  }

  /** So many zeros that every filter position over the output's gradient stays inside. */
  private static int gradientBorder(Node node, Convolution layer) {
    int filter = Math.max(layer.filterHeight(), layer.filterWidth());
    int bottom =
        node.input().height() - 1 + layer.padding() - (node.output().height() - 1) * layer.stride();
    int right =
        node.input().width() - 1 + layer.padding() - (node.output().width() - 1) * layer.stride();
    return Math.max(filter - 1 - layer.padding(), Math.max(bottom, right));
  }

  private Correlation forward(Node node, Convolution layer) {
    LaneLayout input = tensors[node.index()].value();
    LaneLayout output = tensors[node.index() + 1].value();
    int taps = node.input().channels() * layer.filterHeight() * layer.filterWidth();
    int[] tap = new int[taps];
    int[] weightTap = new int[taps];
    for (int k = 0; k < taps; k++) {
      int x = k % layer.filterWidth();
      int y = k / layer.filterWidth() % layer.filterHeight();
      int c = k / layer.filterWidth() / layer.filterHeight();
      tap[k] = input.index(c, y, x) - input.at();
      weightTap[k] = k;
    }
    // taps count from the border's inner corner, positions from the padding's outer one
    int corner = layer.padding() * (input.rowStride() + input.columnStride());
    int[] in = new int[node.output().plane()];
    for (int p = 0; p < in.length; p++) {
      int y = p / node.output().width() * layer.stride();
      int x = p % node.output().width() * layer.stride();
      in[p] = input.at() - corner + y * input.rowStride() + x * input.columnStride();
    }
    return new Correlation(
        node.output().channels(),
        in,
        tap,
        output.planeIndices(),
        output.planeStride(),
        node.tensors().get(0).offset(),
        taps,
        weightTap,
        layer.bias() ? node.tensors().get(1).offset() : -1);
  }

  /**
   * dIn[c, y, x] = sum over f, i, j of spread dOut[f, y + padding - i, x + padding - j] * w[f, c,
   * i, j].
   */
  private Correlation backward(Node node, Convolution layer) {
    LaneLayout dOut = tensors[node.index() + 1].gradient();
    LaneLayout dIn = tensors[node.index()].gradient();
    int area = layer.filterHeight() * layer.filterWidth();
    int[] tap = new int[layer.filters() * area];
    int[] weightTap = new int[tap.length];
    for (int k = 0; k < tap.length; k++) {
      int x = k % layer.filterWidth();
      int y = k / layer.filterWidth() % layer.filterHeight();
      int f = k / area;
      tap[k] = f * dOut.planeStride() - y * dOut.rowStride() - x * dOut.columnStride();
      weightTap[k] = f * node.input().channels() * area + y * layer.filterWidth() + x;
    }
    int[] in = new int[node.input().plane()];
    for (int p = 0; p < in.length; p++) {
      int y = p / node.input().width() + layer.padding();
      int x = p % node.input().width() + layer.padding();
      in[p] = dOut.index(0, 0, 0) + y * dOut.rowStride() + x * dOut.columnStride();
    }
    return new Correlation(
        node.input().channels(),
        in,
        tap,
        dIn.planeIndices(),
        dIn.planeStride(),
        node.tensors().get(0).offset(),
        area,
        weightTap,
        -1);
  }

  /**
   * {@link #backward}, cut into rows of the input that the same rows of the filters reach: without
   * the taps that would only meet zeros, above and below the output's gradient and between its
   * rows.
   */
  private List<Correlation> backwardRows(Node node, Convolution layer) {
    Correlation all = backward[node.index()];
    int width = node.input().width();
    Map<List<Integer>, List<Integer>> rowsByTaps = new LinkedHashMap<>();
    for (int y = 0; y < node.input().height(); y++) {
      List<Integer> taps = new ArrayList<>();
      for (int k = 0; k < all.tap().length; k++) {
        int row = y + layer.padding() - k / layer.filterWidth() % layer.filterHeight();
        int last = (node.output().height() - 1) * layer.stride();
        if (row >= 0 && row <= last && row % layer.stride() == 0) {
          taps.add(k);
        }
      }
      rowsByTaps.computeIfAbsent(taps, t -> new ArrayList<>()).add(y);
    }
    List<Correlation> rows = new ArrayList<>();
    rowsByTaps.forEach(
        (taps, ys) -> {
          int[] positions =
              ys.stream().flatMapToInt(y -> IntStream.range(y * width, (y + 1) * width)).toArray();
          rows.add(all.at(positions).with(taps.stream().mapToInt(k -> k).toArray()));
        });
    return rows;
  }

  private void planWinograd(Node node, Convolution layer, int scratch) {
    int i = node.index();
    size = Math.max(size, Math.addExact(scratch, Winograd.scratch(node, layer, lanes)));
    winogradForward[i] =
        Winograd.forward(node, layer, tensors[i].value(), tensors[i + 1].value(), scratch);
    if (i > firstLearning) {
      winogradBackward[i] =
          Winograd.backward(node, layer, tensors[i + 1].gradient(), tensors[i].gradient(), scratch);
    }
    winogradGradients[i] =
        WinogradGradient.of(
            winogradForward[i], tensors[i + 1].gradient(), node.tensors().get(0).offset());
  }

  private Pooling pooling(Node node, int height, int width, int stride) {
    LaneLayout input = tensors[node.index()].value();
    LaneLayout output = tensors[node.index() + 1].value();
    LaneLayout dIn = tensors[node.index()].gradient();
    LaneLayout dOut = tensors[node.index() + 1].gradient();
    return new Pooling(
        channelsLast ? input.columnStride() / lanes : node.input().channels(),
        corners(node, stride, input),
        vectorStride(input),
        window(height, width, input),
        output.planeIndices(),
        vectorStride(output),
        dOut == null ? null : dOut.planeIndices(),
        dOut == null ? 0 : vectorStride(dOut),
        dIn == null ? null : corners(node, stride, dIn),
        dIn == null ? 0 : vectorStride(dIn),
        dIn == null ? null : window(height, width, dIn),
        stride < Math.max(height, width));
  }

  /** From one vector of a position to the next: a channel's, or that of the next few channels. */
  private int vectorStride(LaneLayout layout) {
    return channelsLast ? lanes : layout.planeStride();
  }

  /**
   * A convolution's positions in the order of the windows that a max-pool of two by two makes of
   * them: four belong together, and their outputs go to a place that is used again for the next
   * window.
   */
  private Correlation windows(Node node, Node pool, MaxPool layer) {
    int[] positions = new int[4 * pool.output().plane()];
    int[] out = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      int y = i / 4 / pool.output().width() * layer.stride() + i % 4 / 2;
      int x = i / 4 % pool.output().width() * layer.stride() + i % 2;
      positions[i] = y * node.output().width() + x;
      out[i] = size + i % 4 * lanes;
    }
    int channels = node.output().channels();
    size = Math.addExact(size, Math.multiplyExact(channels, 4 * lanes));
    return forward[node.index()].at(positions).into(out, 4 * lanes);
  }

  private static int[] corners(Node node, int stride, LaneLayout layout) {
    int[] corners = new int[node.output().plane()];
    for (int p = 0; p < corners.length; p++) {
      int y = p / node.output().width() * stride;
      int x = p % node.output().width() * stride;
      corners[p] = layout.index(0, y, x);
    }
    return corners;
  }

  private static int[] window(int height, int width, LaneLayout layout) {
    int[] window = new int[height * width];
    for (int t = 0; t < window.length; t++) {
      window[t] = layout.index(0, t / width, t % width) - layout.index(0, 0, 0);
    }
    return window;
  }

  boolean channelsLast() {
    return channelsLast;
  }

  Network network() {
    return network;
  }

  /** Floats of memory that one thread needs. */
  int size() {
    return size;
  }

  /** The backward pass ends at this node, whose input needs no gradient. */
  int firstLearning() {
    return firstLearning;
  }

  /** The input of node i, or the output of node i - 1. */
  LaneTensor tensor(int i) {
    return tensors[i];
  }

  Correlation forward(Node node) {
    return forward[node.index()];
  }

  Correlation backward(Node node) {
    return backward[node.index()];
  }

  /** {@link #backward} in parts, without taps that only meet zeros. */
  List<Correlation> backwardRows(Node node) {
    return backwardRows.get(node.index());
  }

  /** The convolution of {@link #forward} in fewer multiplications; null where it does not suit. */
  Winograd winogradForward(Node node) {
    return winogradForward[node.index()];
  }

  /** The convolution of {@link #backward} in fewer multiplications; null where it does not suit. */
  Winograd winogradBackward(Node node) {
    return winogradBackward[node.index()];
  }

  /** The gradient of the filters in fewer multiplications; null where it does not suit. */
  WinogradGradient winogradGradient(Node node) {
    return winogradGradients[node.index()];
  }

  /**
   * A convolution's positions in the windows of the max-pool behind it, whose maxima alone are
   * kept; null where all outputs are.
   */
  Correlation windows(Node node) {
    return windows[node.index()];
  }

  /** The max-pool that is computed with a convolution. */
  Node pool(Node node) {
    return readerOf(node);
  }

  /** The convolution that a max-pool is computed with; null where it is computed alone. */
  Node convolution(Node pool) {
    Node writer = writerOf(pool);
    return writer != null && windows[writer.index()] != null ? writer : null;
  }

  /** The layer before a node, ReLU aside; null where it reads the image. */
  private Node writerOf(Node node) {
    int i = node.index() - 1;
    while (i >= 0 && inPlace(i)) {
      i--;
    }
    return i >= 0 ? network.nodes().get(i) : null;
  }

  /** Whether a node is a ReLU of the image's own numbers, in place. */
  boolean reluOfImage(Node node) {
    return inPlace(node.index()) && writerOf(node) == null;
  }

  /**
   * Whether a ReLU of the output belongs to a layer. Between a layer and a max-pool there is none:
   * it does the same behind the max-pool, to fewer numbers.
   */
  boolean relu(Node node) {
    if (inPlace(node.index())) {
      return false; // it belongs to the layer before
    }
    boolean behind = skipRelu(node.index() + 1) > node.index() + 1;
    if (takesReluOver(node)) {
      return true;
    }
    Node reader = readerOf(node);
    return behind && (reader == null || !takesReluOver(reader));
  }

  /** Whether the ReLU before a max-pool is computed behind it. */
  private boolean takesReluOver(Node pool) {
    return pool.layer() instanceof MaxPool
        && pool.index() > 0
        && inPlace(pool.index() - 1)
        && !keptBefore(pool);
  }

  Pooling pooling(Node node) {
    return poolings[node.index()];
  }
}
