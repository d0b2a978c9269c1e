package org.aparanet.report.inspect;

import com.google.gson.JsonObject;
import java.util.List;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Layer;
import org.aparanet.model.LeakyRelu;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shortcut;

/** What is particular to each kind of layer: its name, sizes, and parameters of the shown maps. */
record LayerJson(float[] parameters, Shown shown) implements Layer.Cases<JsonObject> {

  @Override
  public JsonObject convolution(Node node, Convolution layer) {
    JsonObject json =
        window(
            kind("convolution"),
            layer.filterHeight(),
            layer.filterWidth(),
            layer.stride(),
            layer.padding());
    json.addProperty("weights", filters(node, layer));
    if (layer.bias()) {
      json.addProperty("bias", perMap(node, 1));
    }
    return json;
  }

  /** The filters of the shown outputs over the shown inputs, [outputs][inputs][h][w]. */
  private String filters(Node node, Convolution layer) {
    List<Integer> outputs = shown.maps(node.index());
    List<Integer> inputs = shown.inputs(node.index());
    int taps = layer.filterHeight() * layer.filterWidth();
    int filter = taps * node.input().channels();
    Base64Numbers weights = new Base64Numbers(outputs.size() * inputs.size() * taps);
    for (int output : outputs) {
      for (int input : inputs) {
        int from = node.tensors().get(0).offset() + output * filter + input * taps;
        weights.add(parameters, from, taps);
      }
    }
    return weights.text();
  }

  /** A tensor with a number for each map, [shown]. */
  private String perMap(Node node, int tensor) {
    return perMap(node, List.of(tensor));
  }

  private String perMap(Node node, List<Integer> tensors) {
    List<Integer> maps = shown.maps(node.index());
    Base64Numbers numbers = new Base64Numbers(tensors.size() * maps.size());
    for (int tensor : tensors) {
      for (int map : maps) {
        numbers.add(parameters[node.tensors().get(tensor).offset() + map]);
      }
    }
    return numbers.text();
  }

  @Override
  public JsonObject dense(Node node, Dense layer) {
    JsonObject json = kind("dense");
    json.addProperty("bias", perMap(node, 1));
    return json;
  }

  @Override
  public JsonObject maxPool(Node node, MaxPool layer) {
    return window(kind("maxPool"), layer.size(), layer.size(), layer.stride(), layer.padding());
  }

  @Override
  public JsonObject averagePool(Node node, AveragePool layer) {
    return window(kind("averagePool"), layer.size(), layer.size(), layer.stride(), 0);
  }

  @Override
  public JsonObject globalAveragePool(Node node, GlobalAveragePool layer) {
    return window(kind("globalAveragePool"), node.input().height(), node.input().width(), 1, 0);
  }

  @Override
  public JsonObject relu(Node node, Relu layer) {
    JsonObject json = kind("relu");
    json.addProperty("slope", 0);
    return json;
  }

  @Override
  public JsonObject leakyRelu(Node node, LeakyRelu layer) {
    JsonObject json = kind("leakyRelu");
    json.addProperty("slope", layer.slope());
    return json;
  }

  @Override
  public JsonObject batchNorm(Node node, BatchNorm layer) {
    JsonObject json = kind("batchNorm");
    json.addProperty("norm", perMap(node, List.of(0, 1, 2, 3)));
    json.addProperty("epsilon", BatchNorm.EPSILON);
    return json;
  }

  @Override
  public JsonObject dropout(Node node, Dropout layer) {
    return kind("dropout");
  }

  @Override
  public JsonObject residualAdd(Node node, ResidualAdd layer) {
    JsonObject json = kind("residualAdd");
    json.addProperty("start", layer.start(node.index()));
    return json;
  }

  @Override
  public JsonObject shortcut(Node node, Shortcut layer) {
    JsonObject json = kind("shortcut");
    json.addProperty("start", layer.start(node.index()));
    return json;
  }

  private static JsonObject kind(String kind) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", kind);
    return json;
  }

  private static JsonObject window(
      JsonObject json, int height, int width, int stride, int padding) {
    json.add("size", LayersJson.array(height, width));
    json.addProperty("stride", stride);
    json.addProperty("padding", padding);
    return json;
  }
}
