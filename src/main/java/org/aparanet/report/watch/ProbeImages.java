package org.aparanet.report.watch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.check.ReferenceNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.Relu;

/**
 * A few training images, always the same, with which the reference in double precision tells of
 * each layer's gradient and activations.
 */
final class ProbeImages {
  private static final int MOST = 8;

  /** Multiply-adds forward through the network, over all images: less than a second's work. */
  private static final long MOST_WORK = 100_000_000;

  private final Network network;
  private final ReferenceNetwork reference;
  private final double[][] images;
  private final int[] labels;

  ProbeImages(Network network, ImageSet train) {
    this.network = network;
    reference = new ReferenceNetwork(network);
    long affordable = Math.max(2, MOST_WORK / Math.max(1, network.multiplyAdds()));
    int count = (int) Math.min(Math.min(MOST, train.count()), affordable);
    images = new double[count][];
    labels = new int[count];
    for (int i = 0; i < count; i++) {
      images[i] = ReferenceNetwork.pixels(network, train, i);
      labels[i] = train.label(i);
    }
  }

  int count() {
    return images.length;
  }

  /**
   * The layers, {@code [{"layer": index, "label", "gradient": histogram, "activations": histogram,
   * "dead": share}]}: the gradient of the mean loss of the images for the layer's weights, where it
   * has some, as a training step computes it; what comes out of the layer in inference; and of a
   * ReLU, the share of its maps that are 0 everywhere for all of the images.
   */
  JsonArray layers(float[] parameters) {
    double[] values = new double[parameters.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters[i];
    }
    double[] gradient = reference.run(values, images, labels).gradient();
    List<double[][]> outputs = new ArrayList<>(); // [image][layer + 1][C x H x W]
    for (double[] image : images) {
      outputs.add(reference.outputs(values, image));
    }
    JsonArray layers = new JsonArray();
    for (Network.Node node : network.nodes()) {
      JsonObject layer = new JsonObject();
      layer.addProperty("layer", node.index());
      layer.addProperty("label", node.layer().label());
      if (!node.tensors().isEmpty()) {
        double[] own = WeightStatistics.slice(gradient, node.tensors().get(0));
        layer.add("gradient", Histogram.of(own).json());
      }
      double[][] activations =
          outputs.stream().map(o -> o[node.index() + 1]).toArray(double[][]::new);
      layer.add("activations", Histogram.of(joined(activations)).json());
      if (node.layer() instanceof Relu) {
        layer.addProperty("dead", deadShare(activations, node.output().plane()));
      }
      layers.add(layer);
    }
    return layers;
  }

  /**
   * Share of the maps that are 0 everywhere in all images.
   *
   * @param activations [image][maps x plane]
   * @param plane values of a map
   */
  static double deadShare(double[][] activations, int plane) {
    int maps = activations[0].length / plane;
    int dead = 0;
    for (int map = 0; map < maps; map++) {
      boolean lives = false;
      for (double[] image : activations) {
        for (int i = map * plane; i < (map + 1) * plane; i++) {
          lives |= image[i] != 0;
        }
      }
      dead += lives ? 0 : 1;
    }
    return (double) dead / maps;
  }

  private static double[] joined(double[][] parts) {
    double[] joined = new double[parts.length * parts[0].length];
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(parts[i], 0, joined, i * parts[0].length, parts[0].length);
    }
    return joined;
  }
}
