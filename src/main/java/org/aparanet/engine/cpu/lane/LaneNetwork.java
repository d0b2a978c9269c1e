package org.aparanet.engine.cpu.lane;

import java.util.List;
import org.aparanet.engine.cpu.slice.DropoutStep;
import org.aparanet.engine.cpu.slice.Normalization;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;
import org.aparanet.engine.cpu.slice.Pixels;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.cpu.slice.SliceSums;
import org.aparanet.engine.cpu.slice.StepRates;
import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;

/**
 * Network on tensors of [C, H, W] vectors, one image in each lane.
 *
 * <p>ReLU works in place; behind a convolution or a dense layer it is part of that layer.
 */
final class LaneNetwork implements SliceNetwork {
  private final LaneLayers layers;
  private final List<LaneLayer> all;
  private final ParameterArithmetic arithmetic;
  private final LaneSlice slice;
  private final float[] memory;
  private final int firstLearning;
  private final int lanes;
  private final int classes;
  private final float[] logits;
  private final float[] dLogits;
  private final Pixels pixels;

  LaneNetwork(LaneLayers layers, ParameterArithmetic arithmetic, LaneSlice slice) {
    this.layers = layers;
    this.arithmetic = arithmetic;
    all = layers.all();
    this.slice = slice;
    memory = slice.memory;
    firstLearning = layers.network().firstLearning();
    lanes = layers.memory().lanes();
    classes = layers.network().classes();
    logits = new float[lanes * classes];
    dLogits = new float[lanes * classes];
    pixels = new Pixels(layers.network());
  }

  @Override
  public LaneSlice slice() {
    return slice;
  }

  @Override
  public Node fusedInto(Node node) {
    return layers.fusedInto(node);
  }

  @Override
  public int nodes() {
    return all.size();
  }

  @Override
  public void read(byte[] images, int index, int row) {
    Shape shape = layers.network().input();
    LaneLayout input = layers.memory().tensor(0).value();
    int source = index * shape.size();
    int width = shape.width();
    for (int c = 0; c < shape.channels(); c++) {
      float[] values = pixels.values(c);
      for (int y = 0; y < shape.height(); y++) {
        int target = input.index(c, y, 0) + row;
        for (int x = 0; x < width; x++) {
          memory[target + x * lanes] = values[images[source + x] & 0xFF];
        }
        source += width;
      }
    }
  }

  @Override
  public void readAll(float[][] images, int count) {
    layers.memory().tensor(0).value().store(images, count, memory);
  }

  /** Vector by vector, so that each is written once. */
  @Override
  public void readAll(byte[] images, int first, int count) {
    Shape shape = layers.network().input();
    LaneLayout input = layers.memory().tensor(0).value();
    int size = shape.size();
    int source = first * size;
    for (int c = 0; c < shape.channels(); c++) {
      float[] values = pixels.values(c);
      for (int y = 0; y < shape.height(); y++) {
        int target = input.index(c, y, 0);
        for (int x = 0; x < shape.width(); x++) {
          int from = source++;
          for (int row = 0; row < count; row++) {
            memory[target + row] = values[images[from] & 0xFF];
            from += size;
          }
          target += lanes;
        }
      }
    }
  }

  @Override
  public void begin(int images, int first, DropoutStep dropout) {
    slice.begin(images, first, dropout);
    if (images < lanes) {
      clearUnused();
    }
  }

  /** Zeroes the input's lanes without an image, which hold images of an earlier slice. */
  private void clearUnused() {
    LaneLayout input = layers.memory().tensor(0).value();
    for (int i = input.at(); i < input.at() + input.size(); i += lanes) {
      for (int n = slice.images(); n < lanes; n++) {
        memory[i + n] = 0f;
      }
    }
  }

  @Override
  public void forward(float[] parameters, int from, int to) {
    for (int i = from; i < to; i++) {
      LaneLayer layer = all.get(i);
      slice.run(LanePass.FORWARD, layer, parameters, null, false);
      slice.lap(layer.node, Direction.FORWARD);
    }
    if (to == all.size()) {
      takeLogits();
    }
  }

  private void takeLogits() {
    LaneLayout output = layers.memory().tensor(all.size()).value();
    for (int c = 0; c < classes; c++) {
      int at = output.index(c);
      for (int n = 0; n < slice.images(); n++) {
        logits[n * classes + c] = memory[at + n];
      }
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
    if (from == all.size()) {
      takeLogitsGradient();
    }
    for (int i = from - 1; i >= Math.max(to, firstLearning); i--) {
      backward(all.get(i), parameters, gradient, accumulate);
    }
  }

  private void backward(LaneLayer layer, float[] parameters, float[] gradient, boolean accumulate) {
    if (layer.reluApart()) {
      slice.run(LanePass.RELU_GRADIENT, layer, parameters, gradient, accumulate);
      slice.lap(layer.node, Direction.BACKWARD_RELU);
    }
    if (layer.learns()) {
      slice.run(LanePass.PARAMETER_GRADIENT, layer, parameters, gradient, accumulate);
      slice.lap(layer.node, Direction.BACKWARD_FILTER);
    }
    if (layer.passesBack) {
      slice.run(LanePass.INPUT_GRADIENT, layer, parameters, gradient, accumulate);
      if (!layer.branches().isEmpty()) {
        slice.run(LanePass.BRANCH_GRADIENT, layer, parameters, gradient, accumulate);
      }
      slice.lap(layer.node, layer.learns() ? Direction.BACKWARD_DATA : Direction.BACKWARD);
    }
  }

  private void takeLogitsGradient() {
    int at = layers.memory().tensor(all.size()).gradient().at();
    for (int c = 0; c < classes; c++) {
      for (int n = 0; n < lanes; n++) {
        memory[at + c * lanes + n] = n < slice.images() ? dLogits[n * classes + c] : 0f;
      }
    }
  }

  @Override
  public void backwardAndUpdate(float[] parameters, float[] gradient, StepRates rates) {
    backward(parameters, gradient, false, all.size(), 0);
    arithmetic.update(0, layers.order().learned(), parameters, gradient, rates);
  }

  @Override
  public void measure(Normalization normalization) {
    LaneLayer layer = all.get(normalization.node().index());
    slice.run(LanePass.MEASURE, layer, null, null, false);
    slice.lap(layer.node, Direction.FORWARD);
  }

  @Override
  public void measureGradient(Normalization normalization) {
    LaneLayer layer = all.get(normalization.node().index());
    slice.run(LanePass.MEASURE_GRADIENT, layer, null, null, false);
    slice.lap(layer.node, Direction.BACKWARD);
  }

  @Override
  public SliceSums sums(Normalization normalization) {
    return slice.sums(normalization.node());
  }
}
