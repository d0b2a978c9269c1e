package org.aparanet.report.watch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.aparanet.model.Network;

/**
 * Statistics of each layer's weights: their distribution, and how far the last update moved them.
 * Weights are a layer's first tensor, without its bias.
 */
final class WeightStatistics {
  private WeightStatistics() {}

  /**
   * The layers with weights, {@code [{"layer": index, "label", "weights": histogram, "update":
   * norm, "ratio": norm of the update by norm of the weights}]}; without update if there is none.
   *
   * @param parameters as they are
   * @param before parameters before the update, or null
   * @param after parameters after the update, or null
   */
  static JsonArray of(Network network, float[] parameters, float[] before, float[] after) {
    JsonArray layers = new JsonArray();
    for (Network.Node node : network.nodes()) {
      if (!node.tensors().isEmpty()) {
        Network.Tensor tensor = node.tensors().get(0);
        JsonObject layer = new JsonObject();
        layer.addProperty("layer", node.index());
        layer.addProperty("label", node.layer().label());
        layer.add("weights", Histogram.of(slice(parameters, tensor)).json());
        if (before != null) {
          layer.addProperty("update", Json.number(distance(before, after, tensor)));
          layer.addProperty("ratio", Json.number(ratio(before, after, tensor)));
        }
        layers.add(layer);
      }
    }
    return layers;
  }

  /** Norm of the update divided by that of the weights before it; 0 where both are 0. */
  static double ratio(float[] before, float[] after, Network.Tensor tensor) {
    double distance = distance(before, after, tensor);
    return distance == 0 ? 0 : distance / Histogram.of(slice(before, tensor)).norm();
  }

  private static double distance(float[] before, float[] after, Network.Tensor tensor) {
    double squares = 0;
    for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
      double difference = (double) after[i] - before[i];
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }

  static double[] slice(float[] parameters, Network.Tensor tensor) {
    double[] slice = new double[tensor.size()];
    for (int i = 0; i < slice.length; i++) {
      slice[i] = parameters[tensor.offset() + i];
    }
    return slice;
  }

  static double[] slice(double[] parameters, Network.Tensor tensor) {
    double[] slice = new double[tensor.size()];
    System.arraycopy(parameters, tensor.offset(), slice, 0, slice.length);
    return slice;
  }
}
