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
        ResidualAdd {

  /**
   * The shape of this layer's output for one image.
   *
   * @param input shape of the layer's input for one image
   * @throws IllegalArgumentException if the layer cannot be applied to that input; the message says
   *     why in a sentence
   */
  Shape output(Shape input);

  /**
   * The layer's parameter tensors in the order in which they are stored, learned ones first,
   * dimensions outermost first; empty where the layer learns nothing.
   */
  default List<ParameterShape> parameters(Shape input) {
    return List.of();
  }

  /** Multiply-adds of the forward pass for one image; 0 where the layer multiplies nothing. */
  default long multiplyAdds(Shape input) {
    return 0;
  }

  /**
   * Whether the layer may stand behind a dense layer: it takes a vector of features as it takes a
   * map of them.
   */
  boolean mayFollowDense();

  /**
   * The answer of the case for this kind of layer.
   *
   * @param node the layer's place in a network, which is handed on to the case
   * @param cases one answer for each kind of layer
   */
  <R> R accept(Network.Node node, Cases<R> cases);

  /** The words that name this layer in a network's text, as {@link NetworkText} reads them. */
  String text();

  /** Name of this layer in tables and messages. */
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
    R convolution(Network.Node node, Convolution layer);

    R dense(Network.Node node, Dense layer);

    R maxPool(Network.Node node, MaxPool layer);

    R averagePool(Network.Node node, AveragePool layer);

    R globalAveragePool(Network.Node node, GlobalAveragePool layer);

    R relu(Network.Node node, Relu layer);

    R leakyRelu(Network.Node node, LeakyRelu layer);

    R batchNorm(Network.Node node, BatchNorm layer);

    R dropout(Network.Node node, Dropout layer);

    R residualAdd(Network.Node node, ResidualAdd layer);
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
