package org.aparanet.model;

import java.util.Random;

/** How parameters are drawn before training; biases start at zero in both ways. */
public enum Initialization {

  /**
   * Normal with standard deviation sqrt(gain / fan-in), gain 2 where ReLU follows (directly or
   * after max-pool or batch normalisation) and 1 elsewhere (He et al., 2015, "Delving deep into
   * rectifiers", arXiv:1502.01852).
   */
  HE,

  /**
   * As in the article: a filter is standard normal divided by its area, a dense weight standard
   * normal divided by the number of inputs.
   */
  ARTICLE;

  /**
   * The article's way for the article's network, He's for all others.
   *
   * @param network whose parameters are to be drawn
   * @return He's way, or the article's
   */
  public static Initialization suited(Network network) {
    return network.text().equals(NamedNetwork.ARTICLE.text(network.classes())) ? ARTICLE : HE;
  }

  /**
   * Draws all parameters of a network.
   *
   * @param network whose parameters they are
   * @param seed the same one gives the same values
   * @return a new flat array of {@link Network#parameterCount()} elements; the same seed gives the
   *     same values
   */
  public float[] draw(Network network, long seed) {
    Random random = new Random(seed); // its sequence is specified, so it is the same on every JDK
    float[] values = new float[network.parameterCount()];
    Layer.Cases<Void> cases = new InitialValues(this, network, random, values);
    network.nodes().forEach(node -> node.accept(cases));
    return values;
  }
}
