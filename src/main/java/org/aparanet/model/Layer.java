package org.aparanet.model;

import java.util.List;

/**
 * One layer of a network: what it computes is fixed by its record, how it is computed is the
 * engine's business.
 */
public sealed interface Layer
    permits Convolution,
        MaxPool,
        Relu,
        LeakyRelu,
        Dense,
        BatchNorm,
        Dropout,
        AveragePool,
        GlobalAveragePool,
        ResidualAdd,
        Shortcut {

  /**
   * {@return the shape of this layer's output for one image}
   *
   * @param input shape of the layer's input for one image
   * @throws IllegalArgumentException if the layer cannot be applied to that input; the message says
   *     why in a sentence
   */
  Shape output(Shape input);

  /**
   * {@return the layer's parameter tensors in the order in which they are stored, learned ones
   * first, dimensions outermost first; empty where the layer learns nothing}
   *
   * @param input shape of the layer's input for one image
   */
  default List<ParameterShape> parameters(Shape input) {
    return List.of();
  }

  /**
   * {@return the multiply-adds of the forward pass for one image; 0 where the layer multiplies
   * nothing}
   *
   * @param input shape of the layer's input for one image
   */
  default long multiplyAdds(Shape input) {
    return 0;
  }

  /**
   * {@return whether the layer may stand behind a dense layer: it takes a vector of features as it
   * takes a map of them}
   */
  boolean mayFollowDense();

  /**
   * {@return the answer of the case for this kind of layer}
   *
   * @param <R> what the cases answer
   * @param node the layer's place in a network, which is handed on to the case
   * @param cases one answer for each kind of layer
   */
  <R> R accept(Network.Node node, Cases<R> cases);

  /**
   * {@return the words that name this layer in a network's text, as {@link NetworkText} reads them}
   */
  String text();

  /** {@return the name of this layer in tables and messages} */
  default String label() {
    return text();
  }

  /**
   * An answer for each kind of layer. A new kind is a new method here, so that the compiler names
   * every place that has to know it.
   *
   * @param <R> type of the answer
   */
  interface Cases<R> {
    /**
     * {@return the answer for a convolution}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R convolution(Network.Node node, Convolution layer);

    /**
     * {@return the answer for a dense layer}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R dense(Network.Node node, Dense layer);

    /**
     * {@return the answer for a max-pool}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R maxPool(Network.Node node, MaxPool layer);

    /**
     * {@return the answer for an average pool}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R averagePool(Network.Node node, AveragePool layer);

    /**
     * {@return the answer for a global average pool}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R globalAveragePool(Network.Node node, GlobalAveragePool layer);

    /**
     * {@return the answer for a ReLU}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R relu(Network.Node node, Relu layer);

    /**
     * {@return the answer for a leaky ReLU}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R leakyRelu(Network.Node node, LeakyRelu layer);

    /**
     * {@return the answer for a batch normalisation}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R batchNorm(Network.Node node, BatchNorm layer);

    /**
     * {@return the answer for dropout}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R dropout(Network.Node node, Dropout layer);

    /**
     * {@return the answer for a residual sum}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R residualAdd(Network.Node node, ResidualAdd layer);

    /**
     * {@return the answer for a shortcut}
     *
     * @param node its place in a network, as it was handed on
     * @param layer the layer itself
     */
    R shortcut(Network.Node node, Shortcut layer);
  }

  /**
   * A parameter tensor of a layer.
   *
   * @param name such as {@code weight} or {@code bias}, as PyTorch calls it
   * @param dimensions outermost first: OIHW for filters, [out, in] for dense weights
   * @param learned whether the loss's gradient moves it; running statistics move by themselves
   */
  record ParameterShape(String name, List<Integer> dimensions, boolean learned) {

    /** A tensor that is learned. */
    ParameterShape(String name, List<Integer> dimensions) {
      this(name, dimensions, true);
    }
  }
}
