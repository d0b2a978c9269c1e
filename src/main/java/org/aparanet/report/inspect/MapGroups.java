package org.aparanet.report.inspect;

import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Network;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shortcut;

/**
 * Groups of layers whose maps belong together one to one: map 3 of a ReLU is that of the
 * convolution before it. Only convolutions and dense layers make new maps.
 */
final class MapGroups {
  private final int[] parents; // of the image, and behind it of each layer's output

  MapGroups(Network network) {
    parents = new int[network.nodes().size() + 1];
    for (Network.Node node : network.nodes()) {
      int output = node.index() + 1;
      boolean makesNew = node.layer() instanceof Convolution || node.layer() instanceof Dense;
      int from =
          node.layer() instanceof Shortcut shortcut ? shortcut.start(node.index()) : output - 1;
      parents[output] = makesNew ? output : group(from);
      if (node.layer() instanceof ResidualAdd add) {
        join(group(add.start(node.index())), group(output));
      }
    }
  }

  private void join(int one, int other) {
    parents[Math.max(one, other)] = Math.min(one, other);
  }

  /** The group of the image, 0, or of a layer's output: the first member's number. */
  int group(int output) {
    return parents[output] == output ? output : group(parents[output]);
  }

  /** The last member of an output's group, which is what the next layers get. */
  int last(int output) {
    int group = group(output);
    int last = output;
    for (int i = 0; i < parents.length; i++) {
      if (group(i) == group) {
        last = Math.max(last, i);
      }
    }
    return last;
  }
}
