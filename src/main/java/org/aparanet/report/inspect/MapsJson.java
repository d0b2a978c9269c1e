package org.aparanet.report.inspect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Base64;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.inspect.FeatureMaps;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Dense;
import org.aparanet.model.Network;

/** What the layers of a model make of one image, for a page that has the layers themselves. */
public final class MapsJson {
  private MapsJson() {}

  /**
   * {@return the maps of one image as JSON; numbers are base64 of little-endian floats}
   *
   * @param inspection of the image
   * @param shown the maps of each layer; the same as for the layers
   */
  public static JsonObject of(Inspection inspection, Shown shown) {
    ImageSet image = inspection.image();
    JsonObject json = new JsonObject();
    json.addProperty("name", image.name());
    boolean labelled = image.classes() > 1; // a file has no label, and its set only one class
    json.addProperty("label", labelled ? image.label(0) : null);
    json.addProperty("pixels", Base64.getEncoder().encodeToString(image.pixels()));
    double[] input = inspection.input().values();
    json.addProperty("input", new Base64Numbers(input.length).add(input, 0, input.length).text());
    JsonArray maps = new JsonArray();
    JsonArray largest = new JsonArray();
    JsonArray dead = new JsonArray();
    JsonArray rest = new JsonArray();
    JsonArray contributions = new JsonArray();
    for (Network.Node node : inspection.model().network().nodes()) {
      FeatureMaps output = inspection.output(node.index());
      List<Integer> visible = shown.maps(node.index());
      List<Integer> deadVisible = visible.stream().filter(output::isDead).toList();
      maps.add(values(output, visible));
      largest.add(output.largestMagnitude());
      dead.add(LayersJson.array(deadVisible));
      rest.add(dead(output) - deadVisible.size());
      contributions.add(contributions(inspection, node, shown));
    }
    json.add("maps", maps);
    json.add("largest", largest);
    json.add("dead", dead);
    json.add("rest", rest);
    json.add("contributions", contributions);
    json.add("logits", array(inspection.logits()));
    json.add("probabilities", array(inspection.probabilities()));
    return json;
  }

  private static String values(FeatureMaps output, List<Integer> maps) {
    int plane = output.shape().plane();
    Base64Numbers values = new Base64Numbers(maps.size() * plane);
    maps.forEach(map -> values.add(output.values(), map * plane, plane));
    return values.text();
  }

  private static int dead(FeatureMaps output) {
    int dead = 0;
    for (int map = 0; map < output.shape().channels(); map++) {
      dead += output.isDead(map) ? 1 : 0;
    }
    return dead;
  }

  /** Of a dense layer, the sum of weight times value over each shown input map, [outputs][maps]. */
  private static JsonElement contributions(Inspection inspection, Network.Node node, Shown shown) {
    if (!(node.layer() instanceof Dense)) {
      return JsonNull.INSTANCE;
    }
    List<Integer> outputs = shown.maps(node.index());
    List<Integer> inputs = shown.inputs(node.index());
    double[] values = inspection.input(node.index()).values();
    float[] parameters = inspection.model().parameters();
    int plane = node.input().plane();
    Base64Numbers sums = new Base64Numbers(outputs.size() * inputs.size());
    for (int output : outputs) {
      int row = node.tensors().get(0).offset() + output * values.length;
      for (int map : inputs) {
        double sum = 0;
        for (int i = map * plane; i < (map + 1) * plane; i++) {
          sum += values[i] * parameters[row + i];
        }
        sums.add(sum);
      }
    }
    return new JsonPrimitive(sums.text());
  }

  private static JsonArray array(double[] numbers) {
    JsonArray array = new JsonArray();
    for (double number : numbers) {
      array.add(number);
    }
    return array;
  }
}
