package org.aparanet.engine.cpu.lane;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Network;

/**
 * The passes of a slice with images in the lanes, as {@link LaneLayers} plans them.
 *
 * @param divided whether a pass is computed in parts
 * @param backward whether it belongs to the backward pass
 * @param work for each lane, in multiply-adds; a number that is read or written counts as {@link
 *     #OF_A_NUMBER}
 */
public record LanePasses(boolean divided, boolean backward, double work) {

  /** Multiply-adds that take as long as a number that is read or written. */
  private static final int OF_A_NUMBER = 16;

  /** The passes of a slice that is computed in so many parts. */
  public static List<LanePasses> of(Network network, int parts) {
    List<LanePasses> passes = new ArrayList<>();
    for (LaneLayer layer : layers(network, parts).all()) {
      Network.Node node = layer.node;
      double elements = (double) OF_A_NUMBER * (node.input().size() + node.output().size());
      double whole = node.multiplyAdds() + elements;
      passes.add(new LanePasses(layer.divided, false, whole));
      boolean normalizes = node.layer() instanceof BatchNorm;
      if (normalizes) { // the statistics of the input, and the sums of the output's gradient
        passes.add(new LanePasses(layer.divided, false, elements));
      }
      if (node.index() < network.firstLearning()) {
        continue;
      }
      if (layer.reluApart()) {
        passes.add(new LanePasses(layer.divided, true, elements));
      }
      if (layer.learns()) {
        passes.add(new LanePasses(layer.divided, true, whole));
      }
      if (layer.passesBack) {
        passes.add(new LanePasses(layer.divided, true, whole));
        if (!layer.branches().isEmpty()) {
          passes.add(new LanePasses(layer.divided, true, elements));
        }
      }
      if (normalizes) {
        passes.add(new LanePasses(layer.divided, true, elements));
      }
    }
    return passes;
  }

  /** Floats of each convolution's filters in all the forms in which they are laid out. */
  public static List<Long> panels(Network network) {
    return layers(network, 1).all().stream()
        .filter(LaneConvolution.class::isInstance)
        .map(layer -> ((LaneConvolution) layer).panels().size())
        .toList();
  }

  private static LaneLayers layers(Network network, int parts) {
    return new LaneLayers(network, LaneSupport.operations().lanes(), parts);
  }
}
