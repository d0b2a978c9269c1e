package org.aparanet.report.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.aparanet.bench.BenchCase;
import org.aparanet.bench.BenchPoint;
import org.aparanet.bench.BenchReport;
import org.aparanet.bench.Crossover;
import org.aparanet.bench.Machine;
import org.aparanet.bench.Measurement;
import org.aparanet.bench.Samples;
import org.aparanet.bench.TogetherMeasurement;
import org.aparanet.engine.Device;
import org.aparanet.engine.DeviceDetails;
import org.aparanet.engine.StepPart;

/** A report as JSON, with all samples; and as one line of a history, without. */
public final class JsonReport {

  /** Number of the format; it changes when a reader has to. */
  public static final int FORMAT = 1;

  private final BenchReport report;
  private final Map<Device, DeviceDetails> details;

  private JsonReport(BenchReport report, Map<Device, DeviceDetails> details) {
    this.report = report;
    this.details = details;
  }

  /** The whole report, indented, without what drivers say of their devices. */
  public static String of(BenchReport report) {
    return of(report, Map.of());
  }

  /**
   * The whole report, indented.
   *
   * @param details what drivers say of their devices
   */
  public static String of(BenchReport report, Map<Device, DeviceDetails> details) {
    Gson gson =
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
    return gson.toJson(new JsonReport(report, details).all()) + "\n";
  }

  /** The results in one line, without a line end. */
  public static String line(BenchReport report) {
    Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    return gson.toJson(new JsonReport(report, Map.of()).summary());
  }

  private JsonObject all() {
    JsonObject all = head();
    JsonArray measurements = new JsonArray();
    for (Measurement m : report.measurements()) {
      JsonObject json = result(m);
      json.addProperty("openSeconds", m.openSeconds());
      json.addProperty("loadSeconds", m.loadSeconds());
      json.addProperty("firstStepSeconds", m.firstStepSeconds());
      json.addProperty("stepP95Nanos", m.step().p95());
      json.addProperty("spread", m.step().spread());
      json.add("stepSamplesNanos", samples(m.step()));
      json.add("inferenceSamplesNanos", samples(m.inference()));
      json.addProperty("sumOfOperationsNanos", m.sumOfParts());
      json.addProperty("launches", m.launches());
      json.addProperty("method", m.method());
      JsonArray operations = new JsonArray();
      m.parts().forEach(part -> operations.add(operation(part)));
      json.add("operations", operations);
      LaunchTable.of(m).ifPresent(table -> json.add("launchTable", table));
      measurements.add(json);
    }
    all.add("measurements", measurements);
    JsonArray together = new JsonArray();
    for (TogetherMeasurement m : report.together()) {
      JsonObject json = together(m);
      json.addProperty("stepP95Nanos", m.step().p95());
      json.addProperty("roundSteps", m.roundSteps());
      json.add("stepSamplesNanos", samples(m.step()));
      json.add("averagingSamplesNanos", samples(m.averaging()));
      together.add(json);
    }
    all.add("together", together);
    JsonArray points = new JsonArray();
    for (BenchPoint point : report.points()) {
      JsonObject json = new JsonObject();
      json.addProperty("device", point.device().id());
      json.addProperty("network", point.network());
      addInput(json, point.network());
      json.addProperty("batch", point.batch());
      json.addProperty("stepMedianNanos", point.nanos());
      points.add(json);
    }
    all.add("batches", points);
    JsonArray crossovers = new JsonArray();
    for (BenchCase example : report.cases()) {
      for (Crossover crossover : report.crossovers(example)) {
        JsonObject json = new JsonObject();
        json.addProperty("device", crossover.device());
        json.addProperty("network", example.label());
        json.addProperty("paysFromBatch", crossover.from());
        json.addProperty("sentence", crossover.sentence());
        crossovers.add(json);
      }
    }
    all.add("crossovers", crossovers);
    JsonArray notes = new JsonArray();
    report.notes().forEach(notes::add);
    all.add("notes", notes);
    return all;
  }

  private JsonObject summary() {
    JsonObject all = head();
    JsonArray results = new JsonArray();
    report.measurements().forEach(m -> results.add(result(m)));
    all.add("results", results);
    JsonArray together = new JsonArray();
    report.together().forEach(m -> together.add(together(m)));
    all.add("together", together);
    return all;
  }

  private JsonObject head() {
    Machine machine = report.machine();
    JsonObject head = new JsonObject();
    head.addProperty("format", FORMAT);
    head.addProperty("time", report.time().toString());
    head.addProperty("aparanet", machine.version());
    if (!machine.commit().isEmpty()) {
      head.addProperty("commit", machine.commit());
    }
    JsonObject where = new JsonObject();
    where.addProperty("processor", machine.processor());
    where.addProperty("processors", machine.processors());
    if (machine.load() >= 0) {
      where.addProperty("loadAverage", machine.load());
    }
    where.addProperty("system", machine.system());
    where.addProperty("java", machine.java());
    head.add("machine", where);
    JsonArray devices = new JsonArray();
    for (BenchReport.Checked checked : report.devices()) {
      devices.add(device(checked));
    }
    head.add("devices", devices);
    return head;
  }

  private JsonObject device(BenchReport.Checked checked) {
    Device device = checked.device();
    JsonObject json = new JsonObject();
    json.addProperty("id", device.id());
    json.addProperty("kind", device.kind().name());
    json.addProperty("name", device.name());
    json.addProperty("platform", device.platform());
    json.addProperty("driver", checked.driver());
    json.addProperty("memoryBytes", device.memoryBytes());
    json.addProperty("computeUnits", device.computeUnits());
    if (checked.firstOpenSeconds() >= 0) {
      json.addProperty("firstOpenSeconds", checked.firstOpenSeconds());
    }
    json.addProperty("right", checked.check().right());
    json.addProperty("verdict", checked.check().verdict());
    Optional<Double> worst = checked.check().errors().values().stream().max(Double::compare);
    if (worst.isPresent() && Double.isFinite(worst.get())) { // JSON has no infinity
      json.addProperty("worstRelativeError", worst.get());
    }
    if (details.containsKey(device)) {
      json.add("openCl", DetailsJson.of(details.get(device)));
    }
    return json;
  }

  private JsonObject result(Measurement m) {
    JsonObject json = new JsonObject();
    json.addProperty("device", m.device().id());
    json.addProperty("network", m.network());
    addInput(json, m.network());
    json.addProperty("batch", m.batch());
    json.addProperty("stepMedianNanos", m.step().median());
    json.addProperty("inferenceMedianNanos", m.inference().median());
    json.addProperty("trainingImagesPerSecond", m.trainingRate());
    json.addProperty("inferenceImagesPerSecond", m.inferenceRate());
    json.addProperty("noisy", m.noisy());
    return json;
  }

  private JsonObject together(TogetherMeasurement m) {
    JsonArray devices = new JsonArray();
    for (TogetherMeasurement.Part part : m.parts()) {
      JsonObject json = new JsonObject();
      json.addProperty("device", part.device().id());
      json.addProperty("percent", part.percent());
      devices.add(json);
    }
    JsonObject json = new JsonObject();
    json.add("devices", devices);
    json.addProperty("network", m.network());
    addInput(json, m.network());
    json.addProperty("batch", m.batch());
    json.addProperty("stepMedianNanos", m.step().median());
    json.addProperty("trainingImagesPerSecond", m.trainingRate());
    json.addProperty("fastestDevice", m.fastest().device().id());
    json.addProperty("speedUp", m.speedUp());
    json.addProperty("averagingNanos", m.averagingNanos());
    json.addProperty("noisy", m.noisy());
    return json;
  }

  /** The shape of the images that a network is timed with. */
  private void addInput(JsonObject json, String network) {
    report.cases().stream()
        .filter(example -> example.label().equals(network))
        .findFirst()
        .ifPresent(example -> json.addProperty("input", example.input()));
  }

  private static JsonObject operation(Measurement.Part part) {
    StepPart p = part.part();
    JsonObject json = new JsonObject();
    json.addProperty("name", p.name());
    json.addProperty("kind", p.kind().toString());
    json.addProperty("medianNanos", p.nanos());
    json.addProperty("p95Nanos", part.samples().p95());
    json.addProperty("launches", p.launches());
    json.addProperty("flop", p.flop());
    json.addProperty("bytes", p.bytes());
    json.add("samplesNanos", samples(part.samples()));
    return json;
  }

  private static JsonArray samples(Samples samples) {
    JsonArray array = new JsonArray();
    samples.nanos().forEach(array::add);
    return array;
  }
}
