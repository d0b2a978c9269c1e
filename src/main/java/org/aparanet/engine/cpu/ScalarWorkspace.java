package org.aparanet.engine.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shape;

/**
 * A workspace in plain Java; its tensors are [images, C, H, W].
 *
 * <p>ReLU works in place where it may, see {@link LanePlan#inPlace}: no other layer's backward pass
 * needs to know its own output.
 */
final class ScalarWorkspace implements Workspace {
  private final Network network;
  private final List<Node> nodes;
  private final Operations operations;
  private final PlaneOperations planes = new ScalarPlaneOperations();
  private final Normalization[] normalizations; // by node
  private final int firstLearning; // the backward pass ends there
  private final float[][] activations; // by node: its input; last: the logits
  private final int[][] argmax; // by node, null where it is no max-pool
  private final Pooling[] poolings; // by node, null where it is no average pool
  private final float[][][] masks; // by node and row, null where it is no dropout
  private final float[][] skips; // by node: the gradient that comes around a branch to its input
  private final SliceSums[] sums; // by node, null where it is no batch normalisation
  private float[] dOutput;
  private float[] dInput;
  private int images; // of the slice
  private int first; // row of the batch
  private DropoutStep dropout; // null for inference
  private OperationTimes times; // null unless a step is profiled

  /**
   * @param slice the most images of a slice
   * @param normalizations by node, shared by all workspaces
   */
  ScalarWorkspace(Network network, int slice, Normalization[] normalizations) {
    this.network = network;
    this.normalizations = normalizations;
    nodes = network.nodes();
    operations = new ScalarOperations(network);
    activations = new float[nodes.size() + 1][];
    activations[0] = new float[slice * network.input().size()];
    argmax = new int[nodes.size()][];
    poolings = new Pooling[nodes.size()];
    masks = new float[nodes.size()][][];
    skips = new float[nodes.size()][];
    sums = new SliceSums[nodes.size()];
    int largest = 0;
    firstLearning = network.firstLearning();
    for (Node node : nodes) {
      int i = node.index();
      int size = slice * node.output().size();
      activations[i + 1] = LanePlan.inPlace(network, node) ? activations[i] : new float[size];
      if (node.layer() instanceof MaxPool) {
        argmax[i] = new int[size];
      } else if (node.layer() instanceof Dropout) {
        masks[i] = new float[slice][node.output().size()];
      } else if (node.layer() instanceof BatchNorm) {
        sums[i] = new SliceSums(node);
      } else if (node.layer() instanceof AveragePool || node.layer() instanceof GlobalAveragePool) {
        poolings[i] = Pooling.ofPlanes(node);
      }
      if (!network.branchesFrom(i).isEmpty()) {
        skips[i] = new float[slice * node.input().size()];
      }
      if (firstLearning <= i) {
        largest = Math.max(largest, Math.max(size, slice * node.input().size()));
      }
    }
    dOutput = new float[largest];
    dInput = new float[largest];
  }

  /** How many floats the activations of one image take. */
  static long activationSize(Network network) {
    long size = network.input().size();
    for (Node node : network.nodes()) {
      size += LanePlan.inPlace(network, node) ? 0 : node.output().size();
    }
    return size;
  }

  @Override
  public float[] logits() {
    return activations[nodes.size()];
  }

  @Override
  public float[] dLogits() {
    return dOutput;
  }

  @Override
  public void profile(OperationTimes target) {
    times = target;
  }

  @Override
  public Node leader(Node node) {
    return node;
  }

  private void lap(Node node, Direction direction) {
    if (times != null) {
      times.lap(node, direction);
    }
  }

  @Override
  public void read(ImageSet set, int index, int row) {
    float[] input = activations[0];
    byte[] pixels = set.pixels();
    int size = set.shape().size();
    int source = index * size;
    int target = row * size;
    for (int i = 0; i < size; i++) {
      input[target + i] = Pixels.value(pixels[source + i]);
    }
  }

  @Override
  public int nodes() {
    return nodes.size();
  }

  @Override
  public void begin(int rows, int firstRow, DropoutStep step) {
    images = rows;
    first = firstRow;
    dropout = step;
  }

  @Override
  public void forward(float[] parameters, int from, int to) {
    for (int i = from; i < to; i++) {
      Node node = nodes.get(i);
      float[] input = activations[node.index()];
      float[] output = activations[node.index() + 1];
      if (node.layer() instanceof Convolution) {
        operations.convolutionForward(node, images, input, parameters, output);
      } else if (node.layer() instanceof MaxPool) {
        operations.maxPoolForward(node, images, input, output, argmax[node.index()]);
      } else if (node.layer() instanceof Dense) {
        operations.denseForward(node, images, input, parameters, output);
      } else if (LanePlan.inPlace(network, node)) {
        operations.reluForward(images * node.output().size(), output);
      } else {
        for (int row = 0; row < images; row++) {
          forward(node, row, input, output);
        }
      }
      lap(node, Direction.FORWARD);
    }
  }

  /** Where a row's tensor lies among those of the slice. */
  private static LaneLayout layout(Shape shape, int row) {
    return new LaneLayout(shape, 0, 1, row * shape.size(), 1, false);
  }

  private void forward(Node node, int row, float[] input, float[] output) {
    LaneLayout in = layout(node.input(), row);
    LaneLayout out = layout(node.output(), row);
    int i = node.index();
    if (node.layer() instanceof BatchNorm) {
      Normalization n = normalizations[i];
      planes.normalize(in, input, out, output, n.mean(), n.scale(), n.shift(), false);
    } else if (node.layer() instanceof ResidualAdd add) {
      planes.add(in, input, in, activations[add.start(i)], out, output, false);
    } else if (node.layer() instanceof Dropout && dropout != null) {
      dropout.fill(node, first + row, masks[i][row], 0, 1);
      planes.multiply(in, input, masks[i][row], out, output, false);
    } else if (poolings[i] != null) {
      planes.averagePool(poolings[i], input, in.at(), output, out.at());
    } else {
      planes.copy(in, input, out, output, node.layer() instanceof Relu);
    }
  }

  @Override
  public void backward(float[] parameters, float[] gradient, boolean accumulate, int from, int to) {
    for (int i = from - 1; i >= Math.max(to, firstLearning); i--) {
      Node node = nodes.get(i);
      float[] input = activations[i];
      boolean data = i > firstLearning;
      if (LanePlan.inPlace(network, node)) {
        operations.reluBackward(images * node.output().size(), input, dOutput);
        lap(node, Direction.BACKWARD);
        continue;
      }
      if (node.layer() instanceof ResidualAdd add && add.start(i) > firstLearning) {
        keepForBranch(add.start(i));
      }
      if (node.layer() instanceof Convolution) {
        operations.convolutionBackwardFilter(node, images, input, dOutput, gradient, accumulate);
        lap(node, Direction.BACKWARD_FILTER);
        if (data) {
          operations.convolutionBackwardData(node, images, dOutput, parameters, dInput);
          lap(node, Direction.BACKWARD_DATA);
        }
      } else if (node.layer() instanceof Dense) {
        operations.denseBackwardWeights(node, images, input, dOutput, gradient, accumulate);
        lap(node, Direction.BACKWARD_FILTER);
        if (data) {
          operations.denseBackwardData(node, images, dOutput, parameters, dInput);
          lap(node, Direction.BACKWARD_DATA);
        }
      } else if (node.layer() instanceof MaxPool) {
        operations.maxPoolBackward(node, images, dOutput, argmax[i], dInput);
        lap(node, Direction.BACKWARD);
      } else if (data) {
        for (int row = 0; row < images; row++) {
          backward(node, row);
        }
        lap(node, Direction.BACKWARD);
      }
      if (data && skips[i] != null) {
        operations.add(0, images * node.input().size(), dInput, skips[i]);
        Arrays.fill(skips[i], 0f);
      }
      float[] swap = dOutput;
      dOutput = dInput;
      dInput = swap;
    }
  }

  /** The gradient of a sum goes both ways; this is the way around the branch. */
  private void keepForBranch(int begin) {
    operations.add(0, images * nodes.get(begin).input().size(), skips[begin], dOutput);
  }

  private void backward(Node node, int row) {
    LaneLayout in = layout(node.input(), row);
    LaneLayout out = layout(node.output(), row);
    int i = node.index();
    if (node.layer() instanceof BatchNorm) {
      Normalization n = normalizations[i];
      float[] x = activations[i];
      planes.normalizeBackward(
          in, x, out, dOutput, in, dInput, 1, n.mean(), n.dMean(), n.dSlope(), n.scale());
    } else if (node.layer() instanceof Dropout) {
      planes.multiply(out, dOutput, masks[i][row], in, dInput, false);
    } else if (node.layer() instanceof ResidualAdd) {
      planes.copy(out, dOutput, in, dInput, false);
    } else if (node.layer() instanceof Relu) {
      planes.reluBackward(out, activations[i + 1], out, dOutput, in, dInput);
    } else {
      Arrays.fill(dInput, in.at(), in.at() + node.input().size(), 0f);
      planes.averagePoolBackward(poolings[i], dOutput, out.at(), dInput, in.at());
    }
  }

  @Override
  public void measure(Normalization n) {
    float[] x = activations[n.node().index()];
    Shape shape = n.node().input();
    sums(n)
        .measure(
            (double) images * shape.plane(),
            into -> eachRow(row -> planes.sums(layout(shape, row), x, 1, into)),
            (center, into) ->
                eachRow(row -> planes.squares(layout(shape, row), x, 1, center, into)));
    lap(n.node(), Direction.FORWARD);
  }

  @Override
  public void measureGradient(Normalization n) {
    float[] x = activations[n.node().index()];
    SliceSums own = sums(n);
    double[] into = own.clearedSums();
    double[] products = own.clearedProducts();
    eachRow(
        row -> {
          LaneLayout l = layout(n.node().input(), row);
          planes.gradientSums(l, x, l, dOutput, 1, n.mean(), into, products);
        });
    lap(n.node(), Direction.BACKWARD);
  }

  private void eachRow(IntConsumer work) {
    for (int row = 0; row < images; row++) {
      work.accept(row);
    }
  }

  @Override
  public SliceSums sums(Normalization n) {
    return sums[n.node().index()];
  }

  @Override
  public void add(int from, int to, float[] sum, float[] addend) {
    operations.add(from, to, sum, addend);
  }

  @Override
  public void update(int from, int to, float[] parameters, float[] gradient, float learningRate) {
    operations.update(from, to, parameters, gradient, learningRate);
  }
}
