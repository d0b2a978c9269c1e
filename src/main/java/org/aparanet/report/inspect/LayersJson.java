package org.aparanet.report.inspect;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;

/**
 * The layers of a model for a page: their shapes, the parameters of the maps that are shown, and
 * the kernels that compute them. It is the same for all images.
 */
public final class LayersJson {
  private LayersJson() {}

  /**
   * {@return the layers of a model as JSON; numbers are base64 of little-endian floats}
   *
   * @param model whose layers are shown
   * @param shown the maps of them
   */
  public static JsonObject of(Model model, Shown shown) {
    Network network = model.network();
    JsonObject json = new JsonObject();
    json.addProperty("network", network.text());
    json.add("input", shape(network.input()));
    network.normalization().ifPresent(n -> json.add("normalization", normalization(n)));
    json.add("classes", classes(model));
    JsonArray layers = new JsonArray();
    JsonObject kernels = new JsonObject();
    LayerJson cases = new LayerJson(model.parameters(), shown);
    for (Network.Node node : network.nodes()) {
      JsonObject layer = node.accept(cases);
      layer.addProperty("label", node.layer().label());
      layer.add("output", shape(node.output()));
      layer.addProperty("multiplyAdds", node.multiplyAdds());
      layer.add("maps", array(shown.maps(node.index())));
      String kernel = node.accept(LayerKernel.FORWARD);
      if (!kernel.isEmpty()) {
        layer.addProperty("kernel", kernel);
        kernels.add(kernel, KernelText.of(kernel).json());
      }
      layers.add(layer);
    }
    json.add("layers", layers);
    json.add("kernels", kernels);
    return json;
  }

  private static JsonObject normalization(PixelNormalization normalization) {
    JsonObject json = new JsonObject();
    JsonArray mean = new JsonArray();
    normalization.mean().forEach(mean::add);
    JsonArray std = new JsonArray();
    normalization.std().forEach(std::add);
    json.add("mean", mean);
    json.add("std", std);
    return json;
  }

  /** The names of the classes, and numbers where they have none. */
  private static JsonArray classes(Model model) {
    JsonArray names = new JsonArray();
    for (int c = 0; c < model.network().classes(); c++) {
      names.add(model.className(c));
    }
    return names;
  }

  private static JsonArray shape(Shape shape) {
    return array(shape.channels(), shape.height(), shape.width());
  }

  static JsonArray array(Integer... numbers) {
    return array(List.of(numbers));
  }

  static JsonArray array(List<Integer> numbers) {
    JsonArray array = new JsonArray();
    numbers.forEach(array::add);
    return array;
  }
}
