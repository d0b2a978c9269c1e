package org.aparanet.report.watch;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Optional;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network;
import org.aparanet.report.inspect.Base64Numbers;

/** The filters of a network's first convolution, and what changed in them since the last time. */
final class FilterChanges {
  /** More of them tell nothing new. */
  private static final int MOST = 64;

  /** Larger ones are no picture. */
  private static final int LARGEST_SIDE = 32;

  private final Network.Node node;
  private final Convolution convolution;
  private final int filters;
  private final int size; // weights of a filter
  private float[] last;
  private long lastStep;

  private FilterChanges(Network.Node node, Convolution convolution) {
    this.node = node;
    this.convolution = convolution;
    filters = Math.min(MOST, convolution.filters());
    size = node.tensors().get(0).size() / convolution.filters();
  }

  /** Empty if a network has no convolution, or large filters. */
  static Optional<FilterChanges> of(Network network) {
    return network.nodes().stream()
        .filter(node -> node.layer() instanceof Convolution)
        .findFirst()
        .map(node -> new FilterChanges(node, (Convolution) node.layer()))
        .filter(f -> f.convolution.filterHeight() <= LARGEST_SIDE)
        .filter(f -> f.convolution.filterWidth() <= LARGEST_SIDE);
  }

  /**
   * The filters, {@code {"label", "of", "shown", "channels", "height", "width", "weights": base64,
   * "change": base64, "since": step}}; without change the first time.
   */
  JsonObject at(long step, float[] parameters) {
    int from = node.tensors().get(0).offset();
    float[] weights = Arrays.copyOfRange(parameters, from, from + filters * size);
    JsonObject json = new JsonObject();
    json.addProperty("label", node.layer().label());
    json.addProperty("of", convolution.filters());
    json.addProperty("shown", filters);
    json.addProperty("channels", node.input().channels());
    json.addProperty("height", convolution.filterHeight());
    json.addProperty("width", convolution.filterWidth());
    json.addProperty("weights", Base64Numbers.text(weights));
    if (last != null) {
      float[] change = new float[weights.length];
      for (int i = 0; i < change.length; i++) {
        change[i] = weights[i] - last[i];
      }
      json.addProperty("change", Base64Numbers.text(change));
      json.addProperty("since", lastStep);
    }
    last = weights;
    lastStep = step;
    return json;
  }
}
