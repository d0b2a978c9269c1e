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
          + " pool 2, dense 128 relu, dense %d"),

  /**
   * A residual network of 20 layers for images of 32 x 32 (He et al., 2015, arXiv:1512.03385,
   * section 4.2), whose shortcuts between stages are projections.
   */
  RESNET20(ResNet.small(3, 3, 3), new Shape(3, 32, 32), 10),

  /** A residual network of 18 layers for ImageNet, as torchvision has it. */
  RESNET18(ResNet.large(2, 2, 2, 2), new Shape(3, 224, 224), 1000),

  /** A residual network of 34 layers for ImageNet, as torchvision has it. */
  RESNET34(ResNet.large(3, 4, 6, 3), new Shape(3, 224, 224), 1000);

  private final String layers;
  private final List<String> modules;
  private final Optional<Shape> input;
  private final int classes;

  NamedNetwork(String layers) {
    this.layers = layers;
    modules = List.of();
    input = Optional.empty();
    classes = 10;
  }

  NamedNetwork(ResNet network, Shape input, int classes) {
    layers = network.layers();
    modules = network.modules();
    this.input = Optional.of(input);
    this.classes = classes;
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

  /** {@return the shape of the images that the network was made for, if only one is usual} */
  public Optional<Shape> usualInput() {
    return input;
  }

  /** {@return how many classes the network usually has} */
  public int usualClasses() {
    return classes;
  }

  /**
   * PyTorch's names of the modules that have tensors, in the order of the layers; empty where the
   * network has none but those of an {@code nn.Sequential}.
   */
  List<String> modules() {
    return modules;
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

  /**
   * {@return the names, for messages: {@code article, lenet, deep, resnet20, resnet18, resnet34}}
   */
  public static String labels() {
    return String.join(", ", names());
  }
}
