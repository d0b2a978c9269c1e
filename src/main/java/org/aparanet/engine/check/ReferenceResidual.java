package org.aparanet.engine.check;

import org.aparanet.model.Network.Node;
import org.aparanet.model.ResidualAdd;

/** A residual sum of {@link ReferenceNetwork}: its gradient goes to the branch and around it. */
record ReferenceResidual(Node node, ResidualAdd layer) implements ReferenceLayer {

  @Override
  public double[][] forward(ReferencePass pass, double[][] x) {
    return ReferencePass.sum(x, pass.input(layer.start(node.index())));
  }

  @Override
  public double[][] backward(ReferencePass pass, double[][] x, double[][] dy) {
    pass.addSkip(layer.start(node.index()), dy);
    return dy;
  }
}
