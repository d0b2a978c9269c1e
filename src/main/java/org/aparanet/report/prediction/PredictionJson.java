package org.aparanet.report.prediction;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/**
 * Predictions as one JSON object: model and device, the images with their most probable classes,
 * and how many there are. Images are written as they come, so that their number costs no memory.
 */
public final class PredictionJson implements PredictionReport {

  /** Number of the format; it changes when a reader has to. */
  public static final int FORMAT = 1;

  private final Writer out;
  private final JsonWriter json;
  private final Path model;
  private final String device;
  private final int most;
  private final List<String> classNames;
  private int count;

  /**
   * @param model file of the model
   * @param device what the predictions are computed on
   * @param most how many classes to tell of each image
   * @param classNames what the classes are called, in their order; may be fewer than there are
   */
  public PredictionJson(Writer out, Path model, String device, int most, List<String> classNames) {
    this.out = out;
    this.model = model;
    this.device = device;
    this.most = most;
    this.classNames = List.copyOf(classNames);
    json = new JsonWriter(out);
    json.setIndent("  ");
  }

  @Override
  public void add(PredictedImage image) throws IOException {
    if (count == 0) {
      begin();
    }
    count++;
    json.beginObject().name("image").value(image.name());
    if (image.label().isPresent()) {
      json.name("label").value(image.label().getAsInt());
    }
    ranked(image, image.prediction().predicted());
    json.name("top").beginArray();
    for (int c : image.prediction().best(most)) {
      json.beginObject();
      ranked(image, c);
      json.endObject();
    }
    json.endArray().endObject();
  }

  private void begin() throws IOException {
    json.beginObject();
    json.name("format").value(FORMAT);
    json.name("model").value(model.toString());
    json.name("device").value(device);
    json.name("images").beginArray();
  }

  private void ranked(PredictedImage image, int c) throws IOException {
    json.name("class").value(c);
    json.name("name").value(c < classNames.size() ? classNames.get(c) : null);
    json.name("probability").value(image.prediction().probabilities()[c]);
  }

  @Override
  public void finish(int unreadable) throws IOException {
    if (count == 0) {
      begin();
    }
    json.endArray();
    json.name("count").value(count);
    json.name("unreadable").value(unreadable);
    json.endObject();
    json.flush();
    out.write("\n");
    out.flush();
  }
}
