package org.aparanet.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Networks that have a name. */
public enum NamedNetwork {

  /** The network of the article that this project grew out of: one convolution, one dense layer. */
  ARTICLE("conv 16 3 nobias, pool 2, dense %d"),

  /**
   * LeNet-5 with ReLU and max-pool (LeCun et al., 1998, "Gradient-based learning applied to
   * document recognition").
   */
  LENET(
      "conv 6 5 same relu, pool 2, conv 16 5 relu, pool 2, dense 120 relu, dense 84 relu, dense %d"),

  /** Four 3x3 convolutions in two blocks. */
  DEEP(
      "conv 32 3 same relu, conv 32 3 same relu, pool 2, conv 64 3 same relu, conv 64 3 same relu,"
          + " pool 2, dense 128 relu, dense %d");

  private final String layers;

  NamedNetwork(String layers) {
    this.layers = layers;
  }

  /** {@return the name on the command line, such as {@code lenet}} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the network for images of the given shape}
   *
   * @param input shape of one image
   * @param classes how many there are
   * @throws IllegalArgumentException if the images are too small for it
   */
  public Network network(Shape input, int classes) {
    return NetworkText.parse(input, text(classes));
  }

  /** The network's layers, as {@link Network#text()} writes them. */
  String text(int classes) {
    return String.format(Locale.ROOT, layers, classes);
  }

  /**
   * {@return the network of a name, in capitals or not, or none}
   *
   * @param name such as {@code lenet}
   */
  public static Optional<NamedNetwork> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(p -> p.label().equals(lower)).findFirst();
  }

  /**
   * {@return the named network that has the layers of {@code network}, or none}
   *
   * @param network of any origin
   */
  public static Optional<NamedNetwork> of(Network network) {
    String text = network.text();
    return Arrays.stream(values()).filter(p -> p.text(network.classes()).equals(text)).findFirst();
  }

  /** {@return the names in their order} */
  public static List<String> names() {
    return Arrays.stream(values()).map(NamedNetwork::label).toList();
  }

  /** {@return the names, for messages: {@code article, lenet, deep}} */
  public static String labels() {
    return String.join(", ", names());
  }
}
