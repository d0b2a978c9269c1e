package org.aparanet.engine.cpu.vector;

import org.aparanet.engine.cpu.slice.Fusion;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Layer;
import org.aparanet.model.LeakyRelu;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shape;
import org.aparanet.model.Shortcut;

/**
 * The memory layout of a network on vectors: one array of floats that holds all activations, their
 * gradients, the borders of zeros that windows reach into, and scratch. Made once for a session and
 * shared by its threads, each of which has such an array.
 */
public final class LaneMemory {

  /**
   * Floats before the first tensor. An array's elements begin 16 bytes after its address; where
   * that is a multiple of 64, as for the large arrays of G1, so are those of all vectors.
   */
  private static final int FIRST = 12;

  private static final int CACHE_LINE = 16; // floats

  /**
   * Zeros that a layer reads beside the numbers of its tensors.
   *
   * @param input columns and rows around its input
   * @param gradient columns and rows around its output's gradient, on the way to its input's
   * @param spread distance of neighbours in that gradient; 1 without zeros in between
   * @param wholeVectors whether it reads its input as vectors, rather than number by number
   */
  private record Borders(int input, int gradient, int spread, boolean wholeVectors) {}

  /** The borders of each kind of layer. */
  private static final class BordersOfLayers implements Layer.Cases<Borders> {
    private static final Borders NONE = new Borders(0, 0, 1, true);

    @Override
    public Borders convolution(Node node, Convolution layer) {
      return new Borders(layer.padding(), gradientBorder(node, layer), layer.stride(), false);
    }

    /** Zeros enough for every filter position over the output's gradient to stay inside. */
    private static int gradientBorder(Node node, Convolution layer) {
      int filter = Math.max(layer.filterHeight(), layer.filterWidth());
      int lastRow = (node.output().height() - 1) * layer.stride();
      int lastColumn = (node.output().width() - 1) * layer.stride();
      int bottom = node.input().height() - 1 + layer.padding() - lastRow;
      int right = node.input().width() - 1 + layer.padding() - lastColumn;
      return Math.max(filter - 1 - layer.padding(), Math.max(bottom, right));
    }

    @Override
    public Borders dense(Node node, Dense layer) {
      return new Borders(0, 0, 1, false);
    }

    @Override
    public Borders maxPool(Node node, MaxPool layer) {
      return NONE;
    }

    @Override
    public Borders averagePool(Node node, AveragePool layer) {
      return NONE;
    }

    @Override
    public Borders globalAveragePool(Node node, GlobalAveragePool layer) {
      return NONE;
    }

    @Override
    public Borders relu(Node node, Relu layer) {
      return NONE;
    }

    @Override
    public Borders leakyRelu(Node node, LeakyRelu layer) {
      return NONE;
    }

    @Override
    public Borders batchNorm(Node node, BatchNorm layer) {
      return NONE;
    }

    @Override
    public Borders dropout(Node node, Dropout layer) {
      return NONE;
    }

    @Override
    public Borders residualAdd(Node node, ResidualAdd layer) {
      return NONE;
    }

    @Override
    public Borders shortcut(Node node, Shortcut layer) {
      return NONE;
    }
  }

  private static final BordersOfLayers BORDERS = new BordersOfLayers();

  private final Network network;
  private final Fusion fusion;
  private final int lanes;
  private final boolean channelsLast;
  private final GradientPlaces gradients;
  private final LaneTensor[] tensors; // by node: its input; last: the logits
  private final int scratch; // index of the first float behind the tensors
  private int size = FIRST;
  private int undivided; // size where no scratch is divided

  /**
   * @param lanes floats of a vector
   * @param channelsLast whether the lanes are channels of one image, rather than images
   */
  public LaneMemory(Network network, Fusion fusion, int lanes, boolean channelsLast) {
    this.network = network;
    this.fusion = fusion;
    this.lanes = lanes;
    this.channelsLast = channelsLast;
    gradients = new GradientPlaces(network, fusion);
    tensors = new LaneTensor[network.nodes().size() + 1];
    tensors[0] = new LaneTensor(image(), null);
    for (Node node : network.nodes()) {
      int i = node.index();
      tensors[i + 1] = fusion.inPlace(node) ? tensors[i] : tensor(node);
    }
    scratch = size;
    undivided = size;
  }

  private LaneLayout image() {
    Node reader = fusion.readerOfImage();
    Shape shape = network.input();
    boolean vectors = !channelsLast || reader == null || reader.accept(BORDERS).wholeVectors();
    int border = reader == null ? 0 : inputBorder(reader);
    return place(shape, vectors ? column(shape) : shape.channels(), border, 1);
  }

  /** The border of a layer's input: as wide as the widest of those that read it in its place. */
  private int inputBorder(Node reader) {
    int border = reader.accept(BORDERS).input();
    for (Node other : network.branchesFrom(reader.index())) {
      if (other.layer() instanceof Shortcut) {
        border = Math.max(border, inputBorder(network.nodes().get(other.index() + 1)));
      }
    }
    return border;
  }

  /** A node's output: its values as its reader wants them, the gradients as the node does. */
  private LaneTensor tensor(Node node) {
    Node reader = fusion.reader(node);
    int firstLearning = network.firstLearning();
    Shape shape = node.output();
    LaneLayout value =
        node.layer() instanceof Shortcut shortcut
            ? tensors[shortcut.start(node.index())].value()
            : place(shape, column(shape), reader == null ? 0 : inputBorder(reader), 1);
    if (node.index() < firstLearning) {
      return new LaneTensor(value, null);
    }
    Borders own = node.index() > firstLearning ? node.accept(BORDERS) : BordersOfLayers.NONE;
    int before = size;
    LaneLayout laidOut = place(shape, column(shape), own.gradient(), own.spread());
    LaneLayout gradient = gradients.place(node, laidOut);
    if (gradient != laidOut) {
      size = before;
    }
    return new LaneTensor(value, gradient);
  }

  private LaneLayout place(Shape shape, int columnStride, int border, int spread) {
    LaneLayout layout = new LaneLayout(shape, border, spread, size, columnStride, channelsLast);
    size = Math.addExact(size, (layout.size() + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
    return layout;
  }

  private int column(Shape shape) {
    return channelsLast ? wholeVectors(shape.channels()) : lanes;
  }

  /** The next multiple of a vector's floats. */
  public int wholeVectors(int floats) {
    return Math.multiplyExact((floats - 1) / lanes + 1, lanes);
  }

  /** Floats of a vector. */
  public int lanes() {
    return lanes;
  }

  /** The input of node i, or the output of node i - 1. */
  public LaneTensor tensor(int i) {
    return tensors[i];
  }

  /** The input of a node. */
  public LaneTensor input(Node node) {
    return tensors[node.index()];
  }

  /** The output of a node. */
  public LaneTensor output(Node node) {
    return tensors[node.index() + 1];
  }

  /**
   * Makes room for numbers that no layer keeps: all layers use the same floats.
   *
   * @param floats of each part
   * @param parts of the layer, one behind the other
   * @return index of the first of them
   */
  public int scratch(int floats, int parts) {
    int all = Math.multiplyExact(floats, parts);
    size = Math.max(size, Math.addExact(scratch, all));
    undivided = Math.max(undivided, scratch + floats);
    return scratch;
  }

  /** Floats of a slice, with the scratch asked for so far. */
  public int size() {
    return size;
  }

  /** The same without the scratch of all parts but the first. */
  public int undividedSize() {
    return undivided;
  }
}
