package org.aparanet.bench;

import java.util.List;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;

/**
 * A network to be timed.
 *
 * @param label what to call it: a preset's name, or its layers
 * @param network the network
 * @param batches images of a step, from the smallest; at each of them everything is timed
 */
public record BenchCase(String label, Network network, List<Integer> batches) {

  public BenchCase {
    batches = batches.stream().distinct().sorted().toList();
  }

  /** Shape of the images in words, such as {@code 3x224x224}. */
  public String input() {
    Shape shape = network.input();
    return shape.channels() + "x" + shape.height() + "x" + shape.width();
  }

  /** The largest batch. */
  public int largest() {
    return batches.get(batches.size() - 1);
  }
}
