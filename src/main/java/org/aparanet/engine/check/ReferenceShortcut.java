package org.aparanet.engine.check;

import org.aparanet.model.Network.Node;
import org.aparanet.model.Shortcut;

/**
 * A shortcut of {@link ReferenceNetwork}: its gradient goes to the input that it leads back to. Of
 * its own input, the first branch's output, only the residual sum has a gradient.
 */
record ReferenceShortcut(Node node, Shortcut layer) implements ReferenceLayer {

  @Override
  public double[][] forward(ReferencePass pass, double[][] x) {
    return pass.input(layer.start(node.index()));
  }

  @Override
  public double[][] backward(ReferencePass pass, double[][] x, double[][] dy) {
    pass.addSkip(layer.start(node.index()), dy);
    return new double[x.length][node.input().size()];
  }
}
