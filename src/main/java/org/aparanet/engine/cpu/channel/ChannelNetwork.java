package org.aparanet.engine.cpu.channel;

import java.util.List;
import java.util.function.Consumer;
import org.aparanet.engine.cpu.slice.DropoutStep;
import org.aparanet.engine.cpu.slice.Pixels;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.cpu.slice.StepRates;
import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;

/**
 * Network on one image at a time, whose tensors are [H, W, C] with neighbouring channels in the
 * lanes of a vector.
 *
 * <p>ReLU works in place.
 */
final class ChannelNetwork implements SliceNetwork {
  private final ChannelLayers layers;
  private final List<ChannelLayer> all;
  private final ChannelSlice slice;
  private final int firstLearning;
  private final int classes;
  private final float[] logits;
  private final float[] dLogits;
  private final Pixels pixels;

  ChannelNetwork(ChannelLayers layers) {
    this.layers = layers;
    all = layers.all();
    slice = new ChannelSlice(layers);
    firstLearning = layers.network().firstLearning();
    classes = layers.network().classes();
    logits = new float[classes];
    dLogits = new float[classes];
    pixels = new Pixels(layers.network());
  }

  @Override
  public ChannelSlice slice() {
    return slice;
  }

  @Override
  public Node fusedInto(Node node) {
    boolean fused = layers.fusion().inPlace(node) && node.index() > 0;
    return fused ? fusedInto(all.get(node.index() - 1).node) : node;
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
    int step = input.columnStride();
    for (int c = 0; c < shape.channels(); c++) {
      float[] values = pixels.values(c);
      for (int y = 0; y < shape.height(); y++) {
        int target = input.index(c, y, 0);
        for (int x = 0; x < width; x++) {
          slice.memory[target + x * step] = values[images[source + x] & 0xFF];
        }
        source += width;
      }
    }
  }

  @Override
  public void readAll(float[][] images, int count) {
    layers.memory().tensor(0).value().store(images, count, slice.memory);
  }

  @Override
  public void begin(int images, int first, DropoutStep dropout) {
    slice.begin(images, first, dropout);
  }

  @Override
  public void forward(float[] parameters, int from, int to) {
    for (int i = from; i < to; i++) {
      ChannelLayer layer = all.get(i);
      layer.forward(slice, parameters);
      layer.relu(slice);
      slice.lap(layer.node, Direction.FORWARD);
    }
    if (to == all.size()) {
      takeLogits();
    }
  }

  private void takeLogits() {
    LaneLayout output = layers.memory().tensor(all.size()).value();
    for (int c = 0; c < classes; c++) {
      logits[c] = slice.memory[output.index(c)];
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
    eachBackward(from, to, layer -> layer.backward(slice, parameters, gradient, accumulate));
  }

  @Override
  public void backwardAndUpdate(float[] parameters, float[] gradient, StepRates rates) {
    eachBackward(
        all.size(), 0, layer -> layer.backwardAndUpdate(slice, parameters, gradient, rates));
  }

  private void eachBackward(int from, int to, Consumer<ChannelLayer> pass) {
    int at = layers.memory().tensor(all.size()).gradient().at();
    System.arraycopy(dLogits, 0, slice.memory, at, classes);
    for (int i = from - 1; i >= Math.max(to, firstLearning); i--) {
      ChannelLayer layer = all.get(i);
      layer.reluBackward(slice);
      pass.accept(layer);
    }
  }
}
