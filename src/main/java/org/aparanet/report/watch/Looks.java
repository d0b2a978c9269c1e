package org.aparanet.report.watch;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Model;
import org.aparanet.report.inspect.LayersJson;
import org.aparanet.report.inspect.MapsJson;
import org.aparanet.report.inspect.Shown;
import org.aparanet.train.TrainingData;

/** What a page shows of parameters: statistics, filters, and the feature maps of a test image. */
final class Looks {
  /** Values of maps and weights that are sent at a time: a quarter of a megabyte. */
  private static final int MOST_VALUES = 50_000;

  private final Model model;
  private final ImageSet test;
  private final ProbeImages probe;
  private final Optional<FilterChanges> filters;
  private Shown shown;
  private Update update;

  /** An update of one step, or of a few that a device took together. */
  private record Update(State before, State after) {}

  /**
   * @param start the network, with class names
   * @param frozen layers, from the first, that keep their parameters
   */
  Looks(Model start, TrainingData data, int frozen) {
    model = start;
    test = data.test();
    probe = new ProbeImages(start.network(), data.train(), frozen);
    filters = FilterChanges.of(start.network());
  }

  /** How many images the gradient and the activations are of. */
  int probeImages() {
    return probe.count();
  }

  /**
   * The weights, {@code {"step", "updateFrom", "updateTo", "layers", "filters"}}.
   *
   * @param before an earlier state, or null where there is none of a step before
   */
  JsonObject weights(State before, State now) {
    if (before != null) {
      update = new Update(before, now);
    }
    JsonObject json = new JsonObject();
    json.addProperty("step", now.step());
    if (update != null) {
      json.addProperty("updateFrom", update.before().step());
      json.addProperty("updateTo", update.after().step());
    }
    json.add(
        "layers",
        WeightStatistics.of(
            model.network(),
            now.parameters(),
            update == null ? null : update.before().parameters(),
            update == null ? null : update.after().parameters()));
    filters.ifPresent(f -> json.add("filters", f.at(now.step(), now.parameters())));
    return json;
  }

  /** Gradients and activations, {@code {"step", "images": count, "layers"}}. */
  JsonObject probe(State now) {
    JsonObject json = new JsonObject();
    json.addProperty("step", now.step());
    json.addProperty("images", probe.count());
    json.add("layers", probe.layers(now.parameters()));
    return json;
  }

  /**
   * The feature maps of a test image.
   *
   * @param json {@code {"step", "number", "layers", "image"}}
   * @param kernels the text of the layers' kernels, which is always the same
   */
  record Maps(JsonObject json, JsonObject kernels) {}

  /** The feature maps of a test image; empty where they are not finite. */
  Optional<Maps> maps(State now, int number) {
    Model current = model.withParameters(now.parameters());
    Inspection inspection = Inspection.of(current, test.only(number));
    for (double logit : inspection.logits()) {
      if (!Double.isFinite(logit)) {
        return Optional.empty();
      }
    }
    if (shown == null) {
      shown = Shown.of(List.of(inspection), MOST_VALUES); // the same ones for the whole run
    }
    JsonObject json = new JsonObject();
    json.addProperty("step", now.step());
    json.addProperty("number", number);
    JsonObject layers = LayersJson.of(current, shown);
    JsonObject kernels = layers.remove("kernels").getAsJsonObject();
    json.add("layers", layers);
    json.add("image", MapsJson.of(inspection, shown));
    return Optional.of(new Maps(json, kernels));
  }
}
