package org.aparanet.engine.cpu.lane;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.engine.cpu.vector.Winograd;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Network;

/**
 * The passes of a slice with images in the lanes, as {@link LaneLayers} plans them.
 *
 * @param divided whether a pass is computed in parts
 * @param pieces equal pieces of work that parts consist of: tiles of positions, blocks of filters,
 *     channels
 * @param work for each lane, in multiply-adds; a number that is read or written counts as {@link
 *     #OF_A_NUMBER}
 */
public record LanePasses(boolean divided, int pieces, double work) {

  /** Multiply-adds that take as long as a number that is read or written. */
  private static final int OF_A_NUMBER = 16;

  /** The passes of a slice that is computed in so many parts. */
  public static List<LanePasses> of(Network network, int parts) {
    List<LanePasses> passes = new ArrayList<>();
    for (LaneLayer layer : layers(network, parts).all()) {
      Network.Node node = layer.node;
      int in = node.input().channels();
      int out = node.output().channels();
      boolean convolves = layer instanceof LaneConvolution;
      double elements = (double) OF_A_NUMBER * (node.input().size() + node.output().size());
      double whole = node.multiplyAdds() + elements;
      int forward = convolves ? tiles(layer, node.output().plane()) : out;
      passes.add(new LanePasses(layer.divided, forward, whole));
      boolean normalizes = node.layer() instanceof BatchNorm;
      if (normalizes) { // the statistics of the input
        passes.add(new LanePasses(layer.divided, in, elements));
      }
      if (node.index() < network.firstLearning()) {
        continue;
      }
      if (layer.reluApart()) {
        passes.add(new LanePasses(layer.divided, out, elements));
      }
      if (layer.learns()) {
        int blocks = convolves ? blocks(layer, out) : 1;
        passes.add(new LanePasses(layer.divided, blocks, whole));
      }
      if (layer.passesBack) {
        int back = convolves ? tiles(layer, node.input().plane()) : in;
        passes.add(new LanePasses(layer.divided, back, whole));
        if (!layer.branches().isEmpty()) {
          passes.add(new LanePasses(layer.divided, in, elements));
        }
      }
      if (normalizes) { // the sums of the output's gradient
        passes.add(new LanePasses(layer.divided, in, elements));
      }
    }
    return passes;
  }

  /** Blocks of positions: two by two by four of Winograd's, or tiles of four. */
  private static int tiles(LaneLayer layer, int positions) {
    return layer instanceof LaneWinogradConvolution
        ? Math.max(1, positions / (4 * Winograd.BLOCK))
        : Math.max(1, positions / 4);
  }

  /** Blocks of filters, as the parts of their gradient take them, or of their taps. */
  private static int blocks(LaneLayer layer, int filters) {
    LaneConvolution convolution = (LaneConvolution) layer;
    int busy =
        (int)
            IntStream.range(0, convolution.parts)
                .filter(part -> convolution.filterScratch(part) > 0)
                .count();
    boolean outputsInLanes = busy > 0;
    return outputsInLanes ? Math.max(busy, convolution.blocksOfOutputs()) : (filters + 2) / 3;
  }

  /** Work of the member of a team that has most of a pass. */
  public double busiest(int parts, int members) {
    if (!divided) {
      return work;
    }
    int[] load = new int[members];
    for (int part = 0; part < parts; part++) {
      int least = 0;
      for (int member = 1; member < members; member++) {
        least = load[member] < load[least] ? member : least;
      }
      load[least] += pieces * (part + 1) / parts - pieces * part / parts;
    }
    return work * Arrays.stream(load).max().orElse(0) / pieces;
  }

  /** Floats of each convolution's filters in all the forms in which they are laid out. */
  public static List<Long> panels(Network network) {
    return layers(network, 1).all().stream()
        .filter(LaneConvolution.class::isInstance)
        .map(layer -> ((LaneConvolution) layer).panels().size())
        .toList();
  }

  private static LaneLayers layers(Network network, int parts) {
    return new LaneLayers(network, LaneSupport.operations().lanes(), parts, WholeBatch.LARGE);
  }
}
