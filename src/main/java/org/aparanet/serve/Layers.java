package org.aparanet.serve;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Model;
import org.aparanet.report.inspect.LayersJson;
import org.aparanet.report.inspect.LookPage;
import org.aparanet.report.inspect.Shown;

/** The layers of the served model, and which of their maps are shown; both are always the same. */
final class Layers {
  /** Numbers of an answer: about 1 MB of it, which a page draws many times a second. */
  private static final long VALUES = 200_000;

  /** Images that tell which maps are the strongest. */
  private static final int IMAGES = 8;

  private final Shown shown;
  private final JsonObject json;
  private final Answer answer;

  Layers(ServedModel served) {
    Model model = served.model();
    shown = Shown.of(samples(served), VALUES);
    json = LayersJson.of(model, shown);
    json.addProperty("name", served.name());
    served
        .images()
        .ifPresent(
            images -> {
              JsonObject set = new JsonObject();
              set.addProperty("name", images.name());
              set.addProperty("count", images.count());
              json.add("images", set);
            });
    answer = Answer.json(json.toString());
  }

  /** The first images of the data set, or noise where there is none. */
  private static List<Inspection> samples(ServedModel served) {
    Model model = served.model();
    int most = Math.min(IMAGES, LookPage.mostImages(model.network()));
    if (served.images().isPresent()) {
      return IntStream.range(0, Math.min(most, served.images().get().count()))
          .mapToObj(i -> Inspection.of(model, served.images().get().only(i)))
          .toList();
    }
    byte[] noise = new byte[model.network().input().size()];
    new Random(1).nextBytes(noise);
    return List.of(Inspection.of(model, noise));
  }

  Shown shown() {
    return shown;
  }

  /** {@code GET /layers}. */
  Answer all(Request request) {
    new Query(request.query(), Set.of());
    return answer;
  }

  /** {@code GET /kernels/NAME}: the source of a kernel of this model, in Java and in OpenCL C. */
  Answer kernel(Request request) {
    new Query(request.query(), Set.of());
    JsonObject kernels = json.getAsJsonObject("kernels");
    if (!kernels.has(request.rest())) {
      throw new RequestException(
          404, "the model has no such kernel; it has " + String.join(", ", kernels.keySet()));
    }
    return Answer.json(kernels.get(request.rest()).toString());
  }
}
