package org.aparanet.model;

/**
 * Mean of each whole channel (Lin et al., 2013, "Network in network", arXiv:1312.4400).
 *
 * <pre>
 * input [N, C, H, W]      output [N, C, 1, 1]
 * </pre>
 */
public record GlobalAveragePool() implements Layer {

  @Override
  public Shape output(Shape input) {
    return new Shape(input.channels(), 1, 1);
  }

  @Override
  public String text() {
    return "globalpool";
  }

  @Override
  public boolean mayFollowDense() {
    return false;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.globalAveragePool(node, this);
  }
}
