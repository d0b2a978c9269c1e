package org.aparanet.engine.cpu;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.support.HumongousArrays;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;

/**
 * A workspace whose tensors are [C, H, W] vectors, one image in each lane.
 *
 * <p>ReLU works in place; behind a convolution or a dense layer it is part of that layer.
 */
final class LaneWorkspace implements Workspace {
  private final LanePlan plan;
  private final ParameterOrder order;
  private final LaneOperations operations;
  private final List<Node> nodes;
  private final int lanes;
  private final int classes;
  private final float[] memory;
  private final PlaneOperations planes;
  private final float[][] argmax; // by node, null where it is no max-pool
  private final float[][] masks; // by node, null where it is no dropout
  private final SliceSums[] sums; // by node, null where it is no batch normalisation
  private final Normalization[] normalizations; // by node
  private final int[][] dIn; // by node, null where it is no dense layer with an input gradient
  private final ConvolutionWorkspace convolutions;
  private final float[] logits;
  private final float[] dLogits;
  private int images; // of the slice
  private int first; // row of the batch
  private DropoutStep dropout; // null for inference
  private OperationTimes times; // null unless a step is profiled

  /**
   * @param operations of the same number of lanes as the plan
   * @param panels of the same plan, shared by all workspaces
   * @param normalizations by node, shared by all workspaces
   */
  LaneWorkspace(
      LanePlan plan,
      ParameterOrder order,
      LaneOperations operations,
      FilterPanels panels,
      Normalization[] normalizations) {
    this.plan = plan;
    this.normalizations = normalizations;
    this.order = order;
    this.operations = operations;
    nodes = plan.network().nodes();
    lanes = operations.lanes();
    classes = plan.network().classes();
    memory = HumongousArrays.floats(plan.size());
    argmax = new float[nodes.size()][];
    dIn = new int[nodes.size()][];
    masks = new float[nodes.size()][];
    sums = new SliceSums[nodes.size()];
    for (Node node : nodes) {
      if (node.layer() instanceof MaxPool) {
        argmax[node.index()] = new float[plan.pooling(node).windows() * lanes];
      } else if (node.layer() instanceof Dense && node.index() > plan.firstLearning()) {
        dIn[node.index()] = plan.tensor(node.index()).gradient().indices();
      } else if (node.layer() instanceof Dropout) {
        masks[node.index()] = new float[node.output().size() * lanes];
      } else if (node.layer() instanceof BatchNorm) {
        sums[node.index()] = new SliceSums(node);
      }
    }
    planes = LaneSupport.planeOperations();
    convolutions = new ConvolutionWorkspace(plan, operations, panels);
    logits = new float[lanes * classes];
    dLogits = new float[lanes * classes];
  }

  @Override
  public void profile(OperationTimes target) {
    times = target;
  }

  @Override
  public Node leader(Node node) {
    if (LanePlan.inPlace(plan.network(), node) && node.index() > 0) {
      return leader(nodes.get(node.index() - 1));
    }
    Node convolution = node.layer() instanceof MaxPool ? plan.convolution(node) : null;
    return convolution == null ? node : convolution;
  }

  private void lap(Node node, Direction direction) {
    if (times != null) {
      times.lap(node, direction);
    }
  }

  @Override
  public void read(ImageSet set, int index, int row) {
    LaneLayout input = plan.tensor(0).value();
    byte[] pixels = set.pixels();
    int source = index * set.shape().size();
    int width = set.shape().width();
    for (int c = 0; c < set.shape().channels(); c++) {
      for (int y = 0; y < set.shape().height(); y++) {
        int target = input.index(c, y, 0) + row;
        for (int x = 0; x < width; x++) {
          memory[target + x * lanes] = Pixels.value(pixels[source + x]);
        }
        source += width;
      }
    }
  }

  /** Lanes beyond the images keep an earlier image; zeros instead can do no harm. */
  private void clearUnused() {
    LaneLayout input = plan.tensor(0).value();
    for (int i = input.at(); i < input.at() + input.size(); i += lanes) {
      for (int n = images; n < lanes; n++) {
        memory[i + n] = 0f;
      }
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
    if (images < lanes) {
      clearUnused();
    }
  }

  @Override
  public void forward(float[] parameters, int from, int to) {
    for (int i = from; i < to; i++) {
      Node node = nodes.get(i);
      forward(node, parameters);
      lap(node, Direction.FORWARD);
    }
    if (to < nodes.size()) {
      return;
    }
    int at = plan.tensor(nodes.size()).value().at();
    for (int n = 0; n < images; n++) {
      for (int c = 0; c < classes; c++) {
        logits[n * classes + c] = memory[at + c * lanes + n];
      }
    }
  }

  private void forward(Node node, float[] parameters) {
    int i = node.index();
    LaneLayout output = plan.tensor(i + 1).value();
    boolean relu = plan.relu(node);
    if (node.layer() instanceof Convolution) {
      boolean pools = plan.windows(node) != null;
      float[] maxima = pools ? argmax[plan.pool(node).index()] : null;
      convolutions.forward(node, parameters, memory, maxima);
    } else if (node.layer() instanceof Dense) {
      operations.dense(
          node.input().size(),
          node.output().size(),
          parameters,
          order.weight(node),
          order.bias(node),
          memory,
          plan.tensor(i).value().at(),
          output.at(),
          relu);
    } else if (node.layer() instanceof MaxPool) {
      if (plan.convolution(node) == null) {
        operations.maxPool(plan.pooling(node), memory, argmax[i]);
      }
      if (relu) {
        operations.relu(output.size(), memory, output.at());
      }
    } else if (plan.reluOfImage(node)) {
      operations.relu(output.size(), memory, output.at());
    } else if (node.layer() instanceof BatchNorm) {
      Normalization n = normalizations[i];
      planes.normalize(
          plan.tensor(i).value(), memory, output, memory, n.mean(), n.scale(), n.shift(), relu);
    } else if (node.layer() instanceof AveragePool || node.layer() instanceof GlobalAveragePool) {
      planes.averagePool(plan.pooling(node), memory, 0, memory, 0);
      if (relu) {
        operations.relu(output.size(), memory, output.at());
      }
    } else if (node.layer() instanceof ResidualAdd add) {
      LaneLayout skipped = plan.tensor(add.start(i)).value();
      planes.add(plan.tensor(i).value(), memory, skipped, memory, output, memory, relu);
    } else if (node.layer() instanceof Dropout && dropout != null) {
      for (int n = 0; n < images; n++) {
        dropout.fill(node, first + n, masks[i], n, lanes);
      }
      planes.multiply(plan.tensor(i).value(), memory, masks[i], output, memory, relu);
    } else if (node.layer() instanceof Dropout || !LanePlan.inPlace(plan.network(), node)) {
      boolean own = node.layer() instanceof Relu;
      planes.copy(plan.tensor(i).value(), memory, output, memory, relu || own);
    }
  }

  @Override
  public float[] logits() {
    return logits;
  }

  @Override
  public float[] dLogits() {
    return dLogits;
  }

  @Override
  public void backward(float[] parameters, float[] gradient, boolean accumulate, int from, int to) {
    if (from == nodes.size()) {
      takeLogitsGradient();
    }
    for (int i = from - 1; i >= Math.max(to, plan.firstLearning()); i--) {
      Node node = nodes.get(i);
      boolean normalizes = node.layer() instanceof BatchNorm;
      if (plan.relu(node) && !normalizes) { // there it was done before the gradient was measured
        reluBackward(node);
      }
      if (node.layer() instanceof Convolution) {
        backwardConvolution(node, parameters, gradient, accumulate);
      } else if (node.layer() instanceof Dense) {
        backwardDense(node, parameters, gradient, accumulate);
      } else if (i > plan.firstLearning() && !inConvolution(node)) {
        backwardData(node);
        lap(node, Direction.BACKWARD);
      }
      if (i > plan.firstLearning()) {
        addSkipped(node);
      }
    }
  }

  private void takeLogitsGradient() {
    int at = plan.tensor(nodes.size()).gradient().at();
    for (int c = 0; c < classes; c++) {
      for (int n = 0; n < lanes; n++) {
        memory[at + c * lanes + n] = n < images ? dLogits[n * classes + c] : 0f;
      }
    }
  }

  /** Whether a layer has nothing to do on the way back because another one does it. */
  private boolean inConvolution(Node node) {
    return LanePlan.inPlace(plan.network(), node)
        || node.layer() instanceof MaxPool && gradientOfWindows(plan.convolution(node));
  }

  private void reluBackward(Node node) {
    LaneTensor output = plan.tensor(node.index() + 1);
    LaneLayout d = output.gradient();
    planes.reluBackward(output.value(), memory, d, memory, d, memory); // in place
    lap(node, Direction.BACKWARD_RELU);
  }

  /** Layers without parameters of their own, and batch normalisation. */
  private void backwardData(Node node) {
    int i = node.index();
    LaneLayout in = plan.tensor(i).value();
    LaneLayout dIn = plan.tensor(i).gradient();
    LaneLayout dOut = plan.tensor(i + 1).gradient();
    if (node.layer() instanceof MaxPool) {
      operations.maxPoolBackward(plan.pooling(node), memory, argmax[i]);
    } else if (node.layer() instanceof BatchNorm) {
      Normalization n = normalizations[i];
      planes.normalizeBackward(
          in,
          memory,
          dOut,
          memory,
          dIn,
          memory,
          images,
          n.mean(),
          n.dMean(),
          n.dSlope(),
          n.scale());
    } else if (node.layer() instanceof Dropout) {
      planes.multiply(dOut, memory, masks[i], dIn, memory, false);
    } else if (node.layer() instanceof ResidualAdd) {
      planes.copy(dOut, memory, dIn, memory, false);
    } else if (node.layer() instanceof Relu) {
      LaneLayout out = plan.tensor(i + 1).value();
      planes.reluBackward(out, memory, dOut, memory, dIn, memory);
    } else {
      planes.averagePoolBackward(plan.pooling(node), memory, 0, memory, 0);
    }
  }

  /** Adds the gradients that come around the branches which begin with a layer. */
  private void addSkipped(Node node) {
    LaneLayout dIn = plan.tensor(node.index()).gradient();
    for (Node sum : plan.network().branchesFrom(node.index())) {
      LaneLayout dOut = plan.tensor(sum.index() + 1).gradient();
      planes.add(dIn, memory, dOut, memory, dIn, memory, false);
    }
  }

  @Override
  public void measure(Normalization n) {
    LaneLayout in = plan.tensor(n.node().index()).value();
    sums(n)
        .measure(
            (double) images * n.node().input().plane(),
            into -> planes.sums(in, memory, images, into),
            (center, into) -> planes.squares(in, memory, images, center, into));
    lap(n.node(), Direction.FORWARD);
  }

  @Override
  public void measureGradient(Normalization n) {
    if (plan.relu(n.node())) {
      reluBackward(n.node());
    }
    LaneTensor out = plan.tensor(n.node().index() + 1);
    SliceSums own = sums(n);
    planes.gradientSums(
        plan.tensor(n.node().index()).value(),
        memory,
        out.gradient(),
        memory,
        images,
        n.mean(),
        own.clearedSums(),
        own.clearedProducts());
    lap(n.node(), Direction.BACKWARD);
  }

  @Override
  public SliceSums sums(Normalization n) {
    return sums[n.node().index()];
  }

  /** Whether a convolution's filters alone need the gradient of its output, through a max-pool. */
  private boolean gradientOfWindows(Node convolution) {
    return convolution != null
        && convolution.index() == plan.firstLearning()
        && plan.windows(convolution) != null;
  }

  private void backwardConvolution(
      Node node, float[] parameters, float[] gradient, boolean accumulate) {
    float[] maxima = gradientOfWindows(node) ? argmax[plan.pool(node).index()] : null;
    convolutions.backwardFilters(node, memory, maxima, gradient, accumulate);
    lap(node, Direction.BACKWARD_FILTER);
    if (node.index() > plan.firstLearning()) {
      convolutions.backwardData(node, parameters, memory);
      lap(node, Direction.BACKWARD_DATA);
    }
  }

  private void backwardDense(Node node, float[] parameters, float[] gradient, boolean accumulate) {
    int inputs = node.input().size();
    int in = plan.tensor(node.index()).value().at();
    int dOut = plan.tensor(node.index() + 1).gradient().at();
    operations.denseBackwardWeights(
        inputs,
        node.output().size(),
        memory,
        in,
        dOut,
        gradient,
        order.weight(node),
        order.bias(node),
        accumulate);
    lap(node, Direction.BACKWARD_FILTER);
    if (node.index() > plan.firstLearning()) {
      operations.denseBackwardData(
          node.output().size(), parameters, order.weight(node), memory, dOut, dIn[node.index()]);
      lap(node, Direction.BACKWARD_DATA);
    }
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
