package org.aparanet.serve;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.aparanet.Classification;

/** {@code POST /predict}: the classes of images. */
final class PredictRoute implements Route {
  private final ServedModel served;
  private final Metrics metrics;
  private final Set<String> parameters = new HashSet<>(RequestImages.PARAMETERS);

  PredictRoute(ServedModel served, Metrics metrics) {
    this.served = served;
    this.metrics = metrics;
    parameters.add("top");
  }

  @Override
  public Answer answer(Request request) throws IOException {
    Query query = new Query(request.query(), parameters);
    OptionalInt top = query.number("top");
    RequestImages images = RequestImages.read(request, query, served.model().network().input());
    List<Classification> found = served.predictor().predictSet(images.set());
    metrics.addPredictions(found.size());
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      if (images.single()) {
        write(json, found.get(0), top);
      } else {
        json.beginObject().name("predictions").beginArray();
        for (Classification one : found) {
          write(json, one, top);
        }
        json.endArray().endObject();
      }
    }
    return Answer.json(text.toString());
  }

  /** The probabilities of all classes in their order, or the most probable classes with theirs. */
  private void write(JsonWriter json, Classification found, OptionalInt top) throws IOException {
    json.beginObject();
    json.name("class").value(found.label());
    json.name("name").value(found.name());
    double[] probabilities = found.probabilities();
    if (top.isEmpty()) {
      json.name("probabilities").beginArray();
      for (double probability : probabilities) {
        json.value(probability);
      }
      json.endArray();
    } else {
      json.name("top").beginArray();
      int[] best = found.best(top.getAsInt());
      for (int c : best) {
        json.beginObject().name("class").value(c);
        json.name("name").value(served.model().className(c));
        json.name("probability").value(probabilities[c]).endObject();
      }
      json.endArray();
    }
    json.endObject();
  }
}
