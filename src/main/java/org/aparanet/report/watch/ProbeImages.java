package org.aparanet.report.watch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.check.ReferenceNetwork;
import org.aparanet.engine.frozen.DividedParameters;
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
  private final int frozen;
  private final ReferenceNetwork reference;
  private final double[][] images;
  private final int[] labels;

  /**
   * @param frozen layers, from the first, that keep their parameters; 0 for none
   */
  ProbeImages(Network network, ImageSet train, int frozen) {
    this.network = network;
    this.frozen = frozen;
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
   * has some, as a training step computes it (0 where it is frozen); what comes out of the layer in
   * inference; and of a ReLU, the share of its maps that are 0 everywhere for all of the images.
   */
  JsonArray layers(float[] parameters) {
    double[] values = doubles(parameters);
    List<double[][]> outputs = new ArrayList<>(); // [image][layer + 1][C x H x W]
    for (double[] image : images) {
      outputs.add(reference.outputs(values, image));
    }
    double[] gradient = gradient(parameters, outputs);
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

  /** The gradient of all parameters. */
  private double[] gradient(float[] parameters, List<double[][]> outputs) {
    if (frozen == 0) {
      return reference.run(doubles(parameters), images, labels).gradient();
    }
    Network first = network.first(frozen);
    Network behind = network.behind(frozen);
    DividedParameters parts = new DividedParameters(first, behind);
    double[][] inputs = outputs.stream().map(o -> o[frozen]).toArray(double[][]::new);
    double[] learned =
        new ReferenceNetwork(behind)
            .run(doubles(parts.ofSecond(parameters)), inputs, labels)
            .gradient();
    return doubles(parts.join(new float[first.parameterCount()], floats(learned)));
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
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
