package org.aparanet.engine.cpu.lane;

import java.util.Arrays;
import java.util.List;
import org.aparanet.engine.cpu.slice.BatchLayers;
import org.aparanet.engine.cpu.slice.Laps;
import org.aparanet.engine.cpu.slice.OperationTimes;
import org.aparanet.engine.cpu.slice.PartUpdate;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.cpu.slice.Team;
import org.aparanet.engine.cpu.vector.BatchProducts;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.engine.support.HumongousArrays;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * Dense layers of a whole batch. The slices' vectors stand side by side as the columns of matrices,
 * which all such layers of a session use in turn: inputs, outputs or their gradient, and that
 * gradient turned, with the outputs in the columns.
 */
final class LaneBatchLayers implements BatchLayers {

  /** Products of a sum between which it is stored: what they read fits the first-level cache. */
  private static final int DEPTH = 96;

  /** Inputs whose weights and gradients a task has in the second-level cache. */
  private static final int INPUTS = 16;

  /** Inputs that a task copies. */
  private static final int COPIED = 256;

  /** Most outputs of a task. */
  private static final int MOST_OUTPUTS = 512;

  private static final int FIRST = 12; // as in LaneMemory: vectors begin with cache lines

  private final LaneLayers layers;
  private final BatchProducts products = LaneSupport.batchProducts();
  private final int lanes;
  private final int unit; // outputs of a panel: a vector, or as many as the highest tile has
  private final float[] memory;
  private final float[][] scratch; // by worker: panels of weights, or gradients of inputs
  private final int outputsAt;
  private final int turnedAt;

  /** Sizes of the arrays, for all layers in turn. */
  private record Sizes(int inputs, int outputs, int turned, int scratch) {
    static Sizes of(LaneLayers layers, int slices) {
      int lanes = layers.memory().lanes();
      int columns = Math.multiplyExact(slices, lanes);
      int inputs = 0;
      int outputs = 0;
      for (LaneDense layer : layers.batchLayers()) {
        inputs = Math.max(inputs, layer.inputs());
        outputs = Math.max(outputs, wholeUnits(layer.depth(), unit(lanes)));
      }
      return new Sizes(
          Math.multiplyExact(inputs, columns),
          Math.multiplyExact(outputs, columns),
          Math.multiplyExact(outputs, columns),
          Math.max(DEPTH * MOST_OUTPUTS, INPUTS * LaneBatchLayers.widest() * lanes));
    }

    int memory() {
      return FIRST + Math.addExact(inputs, Math.addExact(outputs, turned));
    }
  }

  LaneBatchLayers(LaneLayers layers, int slices, int threads) {
    this.layers = layers;
    lanes = layers.memory().lanes();
    unit = unit(lanes);
    Sizes sizes = Sizes.of(layers, slices);
    memory = HumongousArrays.floats(sizes.memory());
    scratch = new float[threads][sizes.scratch];
    outputsAt = FIRST + sizes.inputs;
    turnedAt = outputsAt + sizes.outputs;
  }

  /** Floats of such an object. */
  static long floats(LaneLayers layers, int slices, int threads) {
    Sizes sizes = Sizes.of(layers, slices);
    return HumongousArrays.length(sizes.memory()) + (long) threads * sizes.scratch;
  }

  private static int widest() {
    return LaneSupport.batchProducts().widest();
  }

  private static int unit(int lanes) {
    return Math.max(lanes, 8);
  }

  private static int wholeUnits(int outputs, int unit) {
    return (outputs + unit - 1) / unit * unit;
  }

  /** A run of a layer over the slices of a batch. */
  private final class Run {
    final LaneDense layer;
    final List<SliceNetwork> slices;
    final Team team;
    final Laps laps;
    final float[] parameters;
    final Chunks columns;
    final int rows; // of the outputs' matrix

    Run(Node node, List<SliceNetwork> slices, Team team, Laps laps, float[] parameters) {
      layer = (LaneDense) layers.all().get(node.index());
      this.slices = slices;
      this.team = team;
      this.laps = laps;
      this.parameters = parameters;
      columns = new Chunks(slices.size(), products.widest(), lanes);
      rows = wholeUnits(layer.depth(), unit);
    }

    private LaneSlice slice(int s) {
      return ((LaneNetwork) slices.get(s)).slice();
    }

    /** Offset of a slice's column in a matrix of so many rows. */
    private int column(int s, int ofRows) {
      int chunk = columns.begin(s);
      return columns.at(chunk, ofRows) + (s - chunk) * lanes;
    }

    private int stride(int s) {
      return columns.width(columns.begin(s));
    }

    void forward() {
      gatherInputs(Direction.FORWARD);
      int units = rows / unit;
      int most = Math.min(MOST_OUTPUTS / unit, (units - 1) / (2 * team.count()) + 1);
      int tasks = (units - 1) / most + 1;
      team.run(
          tasks,
          (worker, task) -> {
            laps.start(worker);
            int from = task * most * unit;
            int to = Math.min(rows, from + most * unit);
            bias(from, to);
            multiply(scratch[worker], from, to);
            scatterOutputs(from, Math.min(layer.outputs(), to));
            laps.lap(worker, layer.node, Direction.FORWARD);
          });
    }

    private void gatherInputs(Direction direction) {
      int inputs = layer.inputs();
      team.run(
          (inputs - 1) / COPIED + 1,
          (worker, task) -> {
            laps.start(worker);
            int first = task * COPIED;
            int count = Math.min(COPIED, inputs - first);
            for (int s = 0; s < slices.size(); s++) {
              int stride = stride(s);
              int to = FIRST + column(s, inputs) + first * stride;
              int from = layer.in.at() + first * lanes;
              products.copy(count, slice(s).memory, from, lanes, memory, to, stride);
            }
            laps.lap(worker, layer.node, direction);
          });
    }

    private void bias(int from, int to) {
      for (int c = 0; c < columns.vectors(); c = columns.end(c)) {
        int width = columns.width(c);
        int at = outputsAt + columns.at(c, rows);
        for (int o = from; o < to; o++) {
          float bias = o < layer.outputs() ? parameters[layer.bias() + o] : 0f;
          Arrays.fill(memory, at + o * width, at + (o + 1) * width, bias);
        }
      }
    }

    private void multiply(float[] panels, int from, int to) {
      for (int first = 0; first < layer.inputs(); first += DEPTH) {
        int count = Math.min(DEPTH, layer.inputs() - first);
        for (int o = from; o < to; o += unit) {
          int vectors = Math.min(unit, layer.depth() - o) / lanes;
          int weight = layer.weight() + first * layer.depth() + o;
          products.pack(
              count, vectors, parameters, weight, layer.depth(), panels, (o - from) * DEPTH, unit);
        }
        for (int c = 0; c < columns.vectors(); c = columns.end(c)) {
          int width = columns.width(c);
          int in = FIRST + columns.at(c, layer.inputs()) + first * width;
          for (int o = from; o < to; o += unit) {
            int out = outputsAt + columns.at(c, rows) + o * width;
            products.columns(
                unit,
                count,
                panels,
                (o - from) * DEPTH,
                unit,
                memory,
                in,
                width / lanes,
                memory,
                out);
          }
        }
      }
    }

    private void scatterOutputs(int from, int to) {
      for (int s = 0; s < slices.size(); s++) {
        LaneSlice slice = slice(s);
        int stride = stride(s);
        int at = outputsAt + column(s, rows) + from * stride;
        int out = layer.out.at() + from * lanes;
        products.copy(to - from, memory, at, stride, slice.memory, out, lanes);
        if (layer.relu) {
          slice.whole.operations.relu((to - from) * lanes, slice.memory, out);
        }
      }
    }

    void backward(float[] gradient, PartUpdate update) {
      gatherInputs(Direction.BACKWARD_FILTER);
      team.run(slices.size(), this::gatherGradient);
      int inputs = layer.inputs();
      int tasks = (inputs - 1) / INPUTS + 1;
      team.run(
          tasks + 1,
          (worker, task) -> {
            laps.start(worker);
            if (task == tasks) {
              biasGradient(gradient);
              laps.lap(worker, layer.node, Direction.BACKWARD_FILTER);
              update.apply(layer.node, layer.bias(), layer.bias() + layer.depth(), gradient);
            } else {
              int first = task * INPUTS;
              int count = Math.min(INPUTS, inputs - first);
              if (layer.passesBack) {
                inputGradient(scratch[worker], first, count);
                laps.lap(worker, layer.node, Direction.BACKWARD_DATA);
              }
              weightGradient(first, count, gradient);
              laps.lap(worker, layer.node, Direction.BACKWARD_FILTER);
              int from = layer.weight() + first * layer.depth();
              update.apply(layer.node, from, from + count * layer.depth(), gradient);
            }
            laps.lap(worker, OperationTimes.Piece.UPDATE);
          });
    }

    /** The gradient of a slice's outputs, as it is and turned. */
    private void gatherGradient(int worker, int s) {
      laps.start(worker);
      LaneSlice slice = slice(s);
      if (layer.reluApart()) {
        layer.reluBackward(slice, slice.whole);
        laps.lap(worker, layer.node, Direction.BACKWARD_RELU);
      }
      int at = layer.dOut.at();
      int stride = stride(s);
      products.copy(
          layer.outputs(), slice.memory, at, lanes, memory, outputsAt + column(s, rows), stride);
      Chunks outputs = outputChunks();
      for (int c = 0; c < outputs.vectors(); c = outputs.end(c)) {
        int width = outputs.width(c);
        int to = turnedAt + outputs.at(c, turnedRows()) + s * lanes * width;
        turn(slice.memory, at, c * lanes, width, to);
      }
      laps.lap(worker, layer.node, Direction.BACKWARD_FILTER);
    }

    private void turn(float[] from, int at, int first, int width, int to) {
      for (int o = 0; o < width; o++) {
        boolean padding = first + o >= layer.outputs();
        for (int n = 0; n < lanes; n++) {
          memory[to + n * width + o] = padding ? 0f : from[at + (first + o) * lanes + n];
        }
      }
    }

    private Chunks outputChunks() {
      return new Chunks(layer.depth() / lanes, products.widest(), lanes);
    }

    private int turnedRows() {
      return slices.size() * lanes;
    }

    private void inputGradient(float[] sums, int first, int count) {
      for (int c = 0; c < columns.vectors(); c = columns.end(c)) {
        int width = columns.width(c);
        for (int o = 0; o < layer.outputs(); o += DEPTH) {
          int depth = Math.min(DEPTH, layer.outputs() - o);
          int d = outputsAt + columns.at(c, rows) + o * width;
          int weight = layer.weight() + first * layer.depth() + o;
          products.rows(
              count,
              depth,
              parameters,
              weight,
              layer.depth(),
              memory,
              d,
              width,
              width / lanes,
              o > 0,
              sums,
              0,
              width);
        }
        for (int s = c; s < columns.end(c); s++) {
          int at = (s - c) * lanes;
          products.scatter(first, count, sums, at, width, slice(s).memory, layer.inputGradients());
        }
      }
    }

    private void weightGradient(int first, int count, float[] gradient) {
      Chunks outputs = outputChunks();
      for (int v = 0; v < outputs.vectors(); v = outputs.end(v)) {
        int width = outputs.width(v);
        int to = layer.weight() + first * layer.depth() + v * lanes;
        for (int c = 0; c < columns.vectors(); c = columns.end(c)) {
          int images = columns.width(c);
          int d = turnedAt + outputs.at(v, turnedRows()) + c * lanes * width;
          int in = FIRST + columns.at(c, layer.inputs()) + first * images;
          products.rows(
              count,
              images,
              memory,
              in,
              images,
              memory,
              d,
              width,
              width / lanes,
              c > 0,
              gradient,
              to,
              layer.depth());
        }
      }
    }

    private void biasGradient(float[] gradient) {
      Chunks outputs = outputChunks();
      for (int v = 0; v < outputs.vectors(); v = outputs.end(v)) {
        int width = outputs.width(v);
        int at = turnedAt + outputs.at(v, turnedRows());
        int to = layer.bias() + v * lanes;
        for (int o = 0; o < width; o++) {
          float sum = 0;
          for (int n = 0; n < turnedRows(); n++) {
            sum += memory[at + n * width + o];
          }
          gradient[to + o] = sum;
        }
      }
    }
  }

  @Override
  public void forward(
      Node node, List<SliceNetwork> slices, Team team, Laps laps, float[] parameters) {
    new Run(node, slices, team, laps, parameters).forward();
  }

  @Override
  public void backward(
      Node node,
      List<SliceNetwork> slices,
      Team team,
      Laps laps,
      float[] parameters,
      float[] gradient,
      PartUpdate update) {
    new Run(node, slices, team, laps, parameters).backward(gradient, update);
  }
}
