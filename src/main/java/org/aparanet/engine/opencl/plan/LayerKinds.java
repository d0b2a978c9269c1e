package org.aparanet.engine.opencl.plan;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.opencl.kernel.Opcode;
import org.aparanet.engine.opencl.kernel.Pass;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Layer;
import org.aparanet.model.LeakyRelu;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shape;
import org.aparanet.model.Shortcut;

/** Registry of the passes of each kind of layer: a new kind does not compile without its entry. */
final class LayerKinds implements Layer.Cases<LayerPasses> {
  static final LayerKinds ALL = new LayerKinds();

  private LayerKinds() {}

  @Override
  public LayerPasses convolution(Network.Node node, Convolution layer) {
    LayerPasses.Window window =
        new LayerPasses.Window(
            layer.filterHeight(), layer.filterWidth(), layer.stride(), layer.padding());
    return new Product() {
      @Override
      public LayerPasses.Window window() {
        return window;
      }

      @Override
      public boolean joinsPool() {
        return true;
      }
    };
  }

  /** A convolution of images of one pixel, whose channels are the features. */
  @Override
  public LayerPasses dense(Network.Node node, Dense layer) {
    return new Product() {
      @Override
      public Shape input(Network.Node of) {
        return new Shape(of.input().size(), 1, 1);
      }
    };
  }

  @Override
  public LayerPasses maxPool(Network.Node node, MaxPool layer) {
    return new Pool(
        Opcode.MAX_POOL_FORWARD,
        Opcode.MAX_POOL_BACKWARD,
        new LayerPasses.Window(layer.size(), layer.size(), layer.stride(), layer.padding())) {
      @Override
      public boolean isHalvingPool() {
        return layer.size() == 2 && layer.stride() == 2 && layer.padding() == 0;
      }
    };
  }

  @Override
  public LayerPasses averagePool(Network.Node node, AveragePool layer) {
    return new Pool(
        Opcode.AVERAGE_POOL_FORWARD,
        Opcode.AVERAGE_POOL_BACKWARD,
        new LayerPasses.Window(layer.size(), layer.size(), layer.stride(), 0));
  }

  /** An average pool of one window as large as the image. */
  @Override
  public LayerPasses globalAveragePool(Network.Node node, GlobalAveragePool layer) {
    return new Pool(
        Opcode.AVERAGE_POOL_FORWARD,
        Opcode.AVERAGE_POOL_BACKWARD,
        new LayerPasses.Window(node.input().height(), node.input().width(), 1, 0));
  }

  @Override
  public LayerPasses relu(Network.Node node, Relu layer) {
    return new Pointwise(Opcode.RELU_FORWARD, Opcode.RELU_BACKWARD) {
      @Override
      public boolean isRelu() {
        return true;
      }

      @Override
      public boolean gatesByOutput() {
        return true;
      }

      @Override
      public boolean mayOverwriteInput(boolean keptAsMade) {
        return true; // what a ReLU leaves is as positive as its input was
      }
    };
  }

  @Override
  public LayerPasses leakyRelu(Network.Node node, LeakyRelu layer) {
    return new Pointwise(Opcode.LEAKY_RELU_FORWARD, Opcode.LEAKY_RELU_BACKWARD) {
      @Override
      public void describe(int[] row) {
        row[Pass.SLOPE] = Math.round(layer.slope() * Pass.WHOLE_SLOPE);
      }

      @Override
      public boolean gatesByOutput() {
        return true;
      }

      @Override
      public boolean mayOverwriteInput(boolean keptAsMade) {
        return true; // what a leaky ReLU leaves is positive where its input was
      }
    };
  }

  @Override
  public LayerPasses batchNorm(Network.Node node, BatchNorm layer) {
    return new Normalization();
  }

  @Override
  public LayerPasses dropout(Network.Node node, Dropout layer) {
    return new Dropping(layer.probability());
  }

  @Override
  public LayerPasses residualAdd(Network.Node node, ResidualAdd layer) {
    return new Sum(layer.start(node.index()));
  }

  @Override
  public LayerPasses shortcut(Network.Node node, Shortcut layer) {
    return new LeadingBack(layer.start(node.index()));
  }

  /** One pass each way that computes each number from a few others, with nothing to learn. */
  private static class Pointwise implements LayerPasses {
    private final int forward;
    private final int backward;

    Pointwise(int forward, int backward) {
      this.forward = forward;
      this.backward = backward;
    }

    @Override
    public void forward(int[] row, PassLists passes) {
      passes.addForward(PassRows.with(row, forward));
    }

    @Override
    public void backward(int[] row, boolean data, PassLists passes) {
      if (data) {
        passes.addBackward(PassRows.with(row, backward));
      }
    }
  }

  /** A pass each way that goes through the windows of a channel. */
  private static class Pool extends Pointwise {
    private final LayerPasses.Window window;

    Pool(int forward, int backward, LayerPasses.Window window) {
      super(forward, backward);
      this.window = window;
    }

    @Override
    public LayerPasses.Window window() {
      return window;
    }
  }

  /** A matrix product each for the outputs, the gradient of the weights and that of the input. */
  private static class Product implements LayerPasses {
    @Override
    public boolean joinsRelu() {
      return true;
    }

    @Override
    public void forward(int[] row, PassLists passes) {
      int[] product = passes.shaped(PassRows.product(Opcode.FORWARD, row));
      if (product[Pass.CHUNKS] > 1) {
        passes.cutForward(product, passes.batch() * product[Pass.ROWS] * product[Pass.COLUMNS]);
        passes.addForward(product);
        passes.addForward(PassRows.with(product, Opcode.FINISH_OUTPUTS));
      } else {
        passes.addForward(product);
      }
    }

    @Override
    public void backward(int[] row, boolean data, PassLists passes) {
      List<int[]> pass = new ArrayList<>();
      pass.add(passes.gradient(passes.shaped(PassRows.product(Opcode.BACKWARD_FILTER, row))));
      if (data) {
        pass.add(passes.shaped(PassRows.product(Opcode.BACKWARD_DATA, row)));
      }
      passes.addBackward(pass);
    }
  }

  /** A batch normalisation: sums over each channel, then elements. */
  private static final class Normalization implements LayerPasses {
    @Override
    public boolean joinsRelu() {
      return true;
    }

    @Override
    public void place(int[] row, Network.Node node, LayerPasses.Room room) {
      row[Pass.STATISTICS] = room.reserve(2L * node.input().channels());
      row[Pass.RUNNING_MEAN] = node.tensors().get(2).offset();
      row[Pass.RUNNING_VARIANCE] = node.tensors().get(3).offset();
    }

    @Override
    public void forward(int[] row, PassLists passes) {
      int[] chunked = passes.normChunks(row);
      passes.cutForward(chunked, 2 * row[Pass.CHANNELS]);
      passes.addTraining(PassRows.with(chunked, Opcode.BATCH_NORM_STATISTICS));
      int[] elements = PassRows.with(chunked, Opcode.BATCH_NORM_FORWARD);
      passes.addTraining(elements);
      passes.addInference(PassRows.with(elements, Pass.STATISTICS, Pass.NONE));
    }

    @Override
    public void backward(int[] row, boolean data, PassLists passes) {
      int[] sums = passes.normChunks(PassRows.with(row, Opcode.BATCH_NORM_SUMS));
      sums[Pass.PARTIAL_STRIDE] = 2 * row[Pass.CHANNELS];
      passes.addBackward(passes.gradient(sums));
      if (data) {
        passes.addBackward(PassRows.with(sums, Opcode.BATCH_NORM_BACKWARD));
      }
    }
  }

  /** Dropout, which inference leaves out. */
  private static final class Dropping extends Pointwise {
    private final float probability;

    Dropping(float probability) {
      super(Opcode.DROPOUT_FORWARD, Opcode.DROPOUT_BACKWARD);
      this.probability = probability;
    }

    @Override
    public void describe(int[] row) {
      row[Pass.THRESHOLD] = DropoutMask.threshold(probability);
      row[Pass.KEPT] = Math.round((1f - probability) * Pass.WHOLE);
    }

    @Override
    public boolean mayOverwriteInput(boolean keptAsMade) {
      return true; // what dropout leaves is as positive as its input was
    }

    @Override
    public void forward(int[] row, PassLists passes) {
      int[] drop = PassRows.with(row, Opcode.DROPOUT_FORWARD);
      passes.addTraining(drop);
      if (row[Pass.INPUT] != row[Pass.OUTPUT]) { // inference then has to copy
        int[] keep = PassRows.with(drop, Pass.THRESHOLD, Integer.MIN_VALUE);
        passes.addInference(PassRows.with(keep, Pass.KEPT, Pass.WHOLE));
      }
    }
  }

  /**
   * A shortcut, which takes no pass: its output is the value that it leads back to, in its place,
   * and so is its gradient, to which the other readers of that value add theirs.
   */
  private static final class LeadingBack implements LayerPasses {
    private final int source;

    LeadingBack(int source) {
      this.source = source;
    }

    @Override
    public int source() {
      return source;
    }

    @Override
    public void forward(int[] row, PassLists passes) {}

    @Override
    public void backward(int[] row, boolean data, PassLists passes) {}
  }

  /** The sum of a branch's end and its beginning. */
  private static final class Sum extends Pointwise {
    private final int branchStart;

    Sum(int branchStart) {
      super(Opcode.RESIDUAL_FORWARD, Opcode.RESIDUAL_BACKWARD);
      this.branchStart = branchStart;
    }

    @Override
    public int branchStart() {
      return branchStart;
    }

    @Override
    public boolean joinsRelu() {
      return true;
    }

    @Override
    public boolean mayOverwriteInput(boolean keptAsMade) {
      return !keptAsMade;
    }

    @Override
    public void backward(int[] row, boolean data, PassLists passes) {
      // a sum that was written over its input has its gradient there already
      super.backward(row, data && row[Pass.INPUT] != row[Pass.OUTPUT], passes);
    }
  }
}
