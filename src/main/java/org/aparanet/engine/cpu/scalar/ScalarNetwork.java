package org.aparanet.engine.cpu.scalar;

import java.util.List;
import org.aparanet.engine.cpu.slice.DropoutStep;
import org.aparanet.engine.cpu.slice.Fusion;
import org.aparanet.engine.cpu.slice.Normalization;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;
import org.aparanet.engine.cpu.slice.Pixels;
import org.aparanet.engine.cpu.slice.Slice;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.cpu.slice.SliceSums;
import org.aparanet.engine.cpu.slice.StepRates;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dropout;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;
import org.aparanet.model.Shortcut;

/** Network in plain Java; its tensors are [images, C, H, W]. */
public final class ScalarNetwork implements SliceNetwork {
  private final ParameterArithmetic arithmetic;
  private final int learned;
  private final ScalarLayers layers;
  private final List<ScalarLayer> all;
  private final Slice slice;
  private final int firstLearning; // the backward pass ends there
  private float[] dOutput;
  private float[] dInput;
  private final Pixels pixels;

  /**
   * @param largestSlice the most images of a slice
   * @param normalizations by node, shared by all threads
   */
  public ScalarNetwork(
      Network network,
      int largestSlice,
      Normalization[] normalizations,
      ParameterArithmetic arithmetic) {
    this.arithmetic = arithmetic;
    learned = network.learnedCount();
    layers = new ScalarLayers(network, largestSlice, normalizations);
    all = layers.all();
    slice = layers.slice();
    firstLearning = network.firstLearning();
    int largest = 0;
    for (Node node : network.nodes().subList(firstLearning, all.size())) {
      largest = Math.max(largest, Math.max(node.output().size(), node.input().size()));
    }
    dOutput = new float[largestSlice * largest];
    dInput = new float[largestSlice * largest];
    pixels = new Pixels(network);
  }

  /** Floats of one image's activations. */
  public static long activationSize(Network network) {
    Fusion fusion = new Fusion(network);
    long size = network.input().size();
    for (Node node : network.nodes()) {
      boolean own = !fusion.inPlace(node) && !(node.layer() instanceof Shortcut);
      size += own ? node.output().size() : 0;
    }
    return size;
  }

  /**
   * Floats of a network's arrays: activations, what layers keep beside them, the gradients that the
   * backward pass goes on with, and scratch.
   *
   * @param largestSlice the most images of a slice
   */
  public static long floats(Network network, int largestSlice) {
    int firstLearning = network.firstLearning();
    long largest = 0;
    long kept = 0;
    long tile = 0;
    for (Node node : network.nodes()) {
      if (node.index() >= firstLearning) {
        largest = Math.max(largest, Math.max(node.output().size(), node.input().size()));
      }
      boolean skipped =
          node.index() > firstLearning && !network.branchesFrom(node.index()).isEmpty();
      boolean own = node.layer() instanceof MaxPool || node.layer() instanceof Dropout;
      kept += (skipped ? node.input().size() : 0) + (own ? node.output().size() : 0);
      if (node.layer() instanceof Convolution convolution) {
        tile = Math.max(tile, new Patches(node, convolution).floats());
      }
    }
    return largestSlice * (activationSize(network) + kept + 2 * largest)
        + tile
        + ScalarMatrix.FLOATS;
  }

  @Override
  public Slice slice() {
    return slice;
  }

  @Override
  public Node fusedInto(Node node) {
    return node;
  }

  @Override
  public int nodes() {
    return all.size();
  }

  @Override
  public void read(byte[] images, int index, int row) {
    Shape shape = all.get(0).node.input();
    float[] input = all.get(0).input;
    int plane = shape.plane();
    int source = index * shape.size();
    int target = row * shape.size();
    for (int c = 0; c < shape.channels(); c++) {
      float[] values = pixels.values(c);
      for (int i = 0; i < plane; i++) {
        input[target++] = values[images[source++] & 0xFF];
      }
    }
  }

  @Override
  public void readAll(float[][] images, int count) {
    int size = all.get(0).node.input().size();
    for (int row = 0; row < count; row++) {
      System.arraycopy(images[row], 0, all.get(0).input, row * size, size);
    }
  }

  @Override
  public void begin(int images, int first, DropoutStep dropout) {
    slice.begin(images, first, dropout);
  }

  @Override
  public void forward(float[] parameters, int from, int to) {
    for (int i = from; i < to; i++) {
      ScalarLayer layer = all.get(i);
      layer.forward(parameters);
      slice.lap(layer.node, Direction.FORWARD);
    }
  }

  @Override
  public float[] logits() {
    return all.get(all.size() - 1).output;
  }

  @Override
  public float[] dLogits() {
    return dOutput;
  }

  @Override
  public void backward(float[] parameters, float[] gradient, boolean accumulate, int from, int to) {
    for (int i = from - 1; i >= Math.max(to, firstLearning); i--) {
      ScalarLayer layer = all.get(i);
      layer.backward(parameters, dOutput, dInput, gradient, accumulate);
      if (layer.inPlace()) {
        continue;
      }
      layer.addSkipped(dInput);
      float[] swap = dOutput;
      dOutput = dInput;
      dInput = swap;
    }
  }

  @Override
  public void backwardAndUpdate(float[] parameters, float[] gradient, StepRates rates) {
    backward(parameters, gradient, false, all.size(), 0);
    arithmetic.update(0, learned, parameters, gradient, rates);
  }

  @Override
  public void measure(Normalization normalization) {
    layers.batchNorm(normalization.node()).measure();
  }

  @Override
  public void measureGradient(Normalization normalization) {
    layers.batchNorm(normalization.node()).measureGradient(dOutput);
  }

  @Override
  public SliceSums sums(Normalization normalization) {
    return layers.batchNorm(normalization.node()).sums();
  }
}
