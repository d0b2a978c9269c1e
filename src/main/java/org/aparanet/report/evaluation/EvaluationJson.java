package org.aparanet.report.evaluation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.model.Model;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.ConfusionMatrix;
import org.aparanet.train.evaluate.Evaluation;

/** The results of a test as JSON, indented. */
public final class EvaluationJson {

  /** Number of the format; it changes when a reader has to. */
  public static final int FORMAT = 1;

  private EvaluationJson() {}

  /**
   * What was tested, and how.
   *
   * @param file the model's file
   * @param model the model
   * @param images what it was tested on
   * @param shifts the most pixels that each image was moved by, to each side
   * @param devices of the work, in order
   * @param time when it was tested
   */
  public record Test(
      String file, Model model, ImageSet images, int shifts, List<Device> devices, Instant time) {}

  /** The whole document, with a line end. */
  public static String of(Test test, Evaluation.Detailed result) {
    ConfusionMatrix confusion = new ConfusionMatrix(test.images(), result.predictions());
    Accuracy accuracy = result.timed().accuracy();
    JsonObject json = new JsonObject();
    json.addProperty("format", FORMAT);
    json.addProperty("time", test.time().toString());
    json.addProperty("model", test.file());
    json.addProperty("network", test.model().network().text());
    json.addProperty("parameters", test.model().network().parameterCount());
    json.addProperty("data", test.images().name());
    json.addProperty("shifts", test.shifts());
    json.addProperty("device", Device.inTurn(test.devices()));
    json.addProperty("count", accuracy.count());
    json.addProperty("correct", accuracy.correct());
    json.addProperty("accuracy", accuracy.share());
    json.add("meanLoss", orNull(meanLoss(test.images(), result)));
    json.addProperty("seconds", result.timed().seconds());
    json.addProperty("imagesPerSecond", result.timed().imagesPerSecond());
    json.add("classes", classes(classNames(test), confusion));
    json.add("confusion", matrix(confusion));
    Gson gson =
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
    return gson.toJson(json) + "\n";
  }

  private static OptionalDouble meanLoss(ImageSet images, Evaluation.Detailed result) {
    double sum = 0;
    for (int i = 0; i < images.count(); i++) {
      sum += result.predictions().get(i).loss(images.label(i));
    }
    return images.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / images.count());
  }

  /** Those of the data, or of the model where the data has none. */
  private static List<String> classNames(Test test) {
    List<String> names = test.images().classNames();
    return names.isEmpty() ? test.model().classNames() : names;
  }

  private static JsonArray classes(List<String> names, ConfusionMatrix confusion) {
    JsonArray classes = new JsonArray();
    for (int c = 0; c < confusion.classes(); c++) {
      JsonObject json = new JsonObject();
      json.addProperty("class", c);
      json.addProperty("name", c < names.size() ? names.get(c) : null);
      json.addProperty("count", confusion.support(c));
      json.addProperty("correct", confusion.count(c, c));
      json.add("precision", orNull(confusion.precision(c)));
      json.add("recall", orNull(confusion.recall(c)));
      json.add("f1", orNull(confusion.f1(c)));
      classes.add(json);
    }
    return classes;
  }

  /** Counts of images, a row for each true class and a column for each predicted one. */
  private static JsonArray matrix(ConfusionMatrix confusion) {
    JsonArray rows = new JsonArray();
    for (int truth = 0; truth < confusion.classes(); truth++) {
      JsonArray row = new JsonArray();
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        row.add(confusion.count(truth, predicted));
      }
      rows.add(row);
    }
    return rows;
  }

  private static JsonElement orNull(OptionalDouble value) {
    return value.isPresent() ? new JsonPrimitive(value.getAsDouble()) : JsonNull.INSTANCE;
  }
}
