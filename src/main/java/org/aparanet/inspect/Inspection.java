package org.aparanet.inspect;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.aparanet.data.ImageScaling;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.check.ReferenceNetwork;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;

/**
 * What each layer of a model makes of one image, in double precision and by the layers' definitions
 * alone: every feature map, and for every value in one how it came about.
 *
 * <pre>{@code
 * Inspection inspection = Inspection.of(model, ImageIO.read(new File("seven.png")));
 * FeatureMaps maps = inspection.output(0);
 * Explanation sum = inspection.explain(0, 3, 12, 14); // map 3, row 12, column 14
 * }</pre>
 */
public final class Inspection {
  private final Model model;
  private final ImageSet image;
  private final List<FeatureMaps> maps;
  private final double[] probabilities;

  private Inspection(Model model, ImageSet image) {
    this.model = model;
    this.image = image;
    Network network = model.network();
    List<double[]> outputs =
        LayerOutputs.of(network, model.parameters(), ReferenceNetwork.pixels(network, image, 0));
    List<FeatureMaps> all =
        new ArrayList<>(List.of(new FeatureMaps(network.input(), outputs.get(0))));
    for (Network.Node node : network.nodes()) {
      all.add(new FeatureMaps(node.output(), outputs.get(node.index() + 1)));
    }
    maps = List.copyOf(all);
    probabilities = ReferenceNetwork.softmax(logits());
  }

  /**
   * {@return what a model makes of an image, which is stretched to the network's size}
   *
   * @param model whose layers are looked at
   * @param image of any size; not changed
   * @throws IllegalArgumentException if the network takes other than 1 or 3 channels
   */
  public static Inspection of(Model model, BufferedImage image) {
    Objects.requireNonNull(image, "image");
    return of(model, ImageScaling.pixels(image, model.network().input()));
  }

  /**
   * {@return what a model makes of an image}
   *
   * @param model whose layers are looked at
   * @param pixels unsigned bytes in the order channel, row, column
   * @throws IllegalArgumentException if there are not as many as the network takes
   */
  public static Inspection of(Model model, byte[] pixels) {
    Shape shape = model.network().input();
    if (pixels.length != shape.size()) {
      throw new IllegalArgumentException(
          "an image of " + pixels.length + " pixels; the network takes " + shape);
    }
    return of(model, new ImageSet("image", shape, pixels, new byte[1], 1));
  }

  /**
   * {@return what a model makes of an image}
   *
   * @param model whose layers are looked at
   * @param image a set of one image, such as {@link ImageSet#only} gives
   * @throws IllegalArgumentException if it has more than one, or is of another shape than the
   *     network takes
   */
  public static Inspection of(Model model, ImageSet image) {
    if (image.count() != 1) {
      throw new IllegalArgumentException(
          image.name() + " has " + image.count() + " images; only one can be looked at");
    }
    if (!image.shape().equals(model.network().input())) {
      throw new IllegalArgumentException(
          image.name()
              + " is of "
              + image.shape()
              + "; the network takes "
              + model.network().input());
    }
    return new Inspection(model, image);
  }

  /** {@return the model whose layers are looked at} */
  public Model model() {
    return model;
  }

  /** {@return the image, a set of one; its label is 0 where none is known} */
  public ImageSet image() {
    return image;
  }

  /** {@return the image as the first layer gets it: pixels from 0 to 1, or normalised} */
  public FeatureMaps input() {
    return maps.get(0);
  }

  /**
   * {@return the input of a layer}
   *
   * @param layer its index, from 0
   */
  public FeatureMaps input(int layer) {
    return maps.get(Objects.checkIndex(layer, maps.size() - 1));
  }

  /**
   * {@return the output of a layer}
   *
   * @param layer its index, from 0
   */
  public FeatureMaps output(int layer) {
    return maps.get(Objects.checkIndex(layer, maps.size() - 1) + 1);
  }

  /** {@return the output of the last layer, not to be changed} */
  public double[] logits() {
    return maps.get(maps.size() - 1).values();
  }

  /** {@return the probabilities of the classes} */
  public double[] probabilities() {
    return probabilities.clone();
  }

  /**
   * {@return how a value of a layer's output comes from its input}
   *
   * @param layer its index, from 0
   * @param channel of the output's map, from 0; of a dense layer, the output
   * @param row from 0, at the top; 0 for a dense layer
   * @param column from 0, at the left; 0 for a dense layer
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public Explanation explain(int layer, int channel, int row, int column) {
    Network.Node node = model.network().nodes().get(Objects.checkIndex(layer, maps.size() - 1));
    int index = output(layer).index(channel, row, column);
    return node.accept(new Explanations(model.parameters(), maps, index));
  }
}
