package org.aparanet.report.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aparanet.bench.BenchReport;
import org.aparanet.bench.Measurement;
import org.aparanet.bench.Numbers;
import org.aparanet.engine.Device;
import org.aparanet.engine.StepPart;

/**
 * A report as a timeline, in the Trace Event Format that Perfetto and chrome://tracing open: a
 * process for the step of each network, batch and device, in it a row each for the host, transfers
 * and the device, and an event for each piece of the step.
 *
 * <p>The pieces were not timed in one step: each event lasts as long as its piece took in the
 * median of all steps that were taken apart. They stand one behind the other, in the order in which
 * a step does them, and all steps begin at 0.
 */
public final class TraceReport {
  /** Times are whole nanoseconds, in the format's microseconds. */
  private static final int DIGITS = 3;

  private final JsonArray events = new JsonArray();
  private final JsonArray steps = new JsonArray();

  private TraceReport() {}

  /** Where an event stands, from top to bottom. */
  private enum Row {
    HOST("host"),
    TRANSFERS("transfers"),
    DEVICE("device"),
    THREADS("threads (mean of all)");

    private final String label;

    Row(String label) {
      this.label = label;
    }

    private int number() {
      return ordinal() + 1;
    }
  }

  /** The whole timeline, indented. */
  public static String of(BenchReport report) {
    Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    TraceReport trace = new TraceReport();
    report.measurements().forEach(trace::add);
    JsonObject all = new JsonObject();
    all.add("traceEvents", trace.events);
    all.addProperty("displayTimeUnit", "ns");
    JsonObject other = new JsonObject();
    other.addProperty("time", report.time().toString());
    other.addProperty("aparanet", report.machine().version());
    other.add("steps", trace.steps);
    all.add("otherData", other);
    return gson.toJson(all) + "\n";
  }

  private void add(Measurement m) {
    int process = steps.size() + 1;
    String name =
        String.format(Locale.ROOT, "%s, %s, batch %,d", m.device(), m.network(), m.batch());
    double step = m.step().median();
    describe("process_name", process, 0, "name", name);
    describe(
        "process_labels",
        process,
        0,
        "labels",
        String.format(
            Locale.ROOT,
            "step %s; its pieces %.0f %% of it",
            Numbers.time(step),
            100 * m.sumOfParts() / step));
    for (Row row : rows(m)) {
      describe("thread_name", process, row.number(), "name", row.label);
    }
    double end = 0;
    for (Measurement.Part part : m.parts()) {
      double start = end;
      end += part.part().nanos();
      events.add(event(m, part, process, Math.round(start), Math.round(end)));
    }
    steps.add(step(m, process));
  }

  private static List<Row> rows(Measurement m) {
    List<Row> rows = new ArrayList<>();
    for (Measurement.Part part : m.parts()) {
      rows.add(row(m, part.part()));
    }
    return rows.stream().distinct().sorted().toList();
  }

  private static Row row(Measurement m, StepPart part) {
    if (m.device().kind() == Device.Kind.JAVA) {
      return Row.THREADS;
    }
    if (part.kind() == StepPart.Kind.TRANSFER) {
      return Row.TRANSFERS;
    }
    return part.launches() > 0 ? Row.DEVICE : Row.HOST;
  }

  /** Metadata of a process, or of a row in it. */
  private void describe(String what, int process, int row, String argument, String text) {
    JsonObject args = new JsonObject();
    args.addProperty(argument, text);
    JsonObject json = new JsonObject();
    json.addProperty("name", what);
    json.addProperty("ph", "M");
    json.addProperty("pid", process);
    json.addProperty("tid", row);
    json.add("args", args);
    events.add(json);
  }

  private static JsonObject event(
      Measurement m, Measurement.Part part, int process, long start, long end) {
    StepPart p = part.part();
    JsonObject args = new JsonObject();
    args.addProperty("operation", p.operation());
    if (!p.layer().isEmpty()) {
      args.addProperty("layer", p.layer());
    }
    if (p.workGroups() > 0) {
      args.addProperty("workGroups", p.workGroups());
    }
    if (p.flop() > 0) {
      args.addProperty("flop", Math.round(p.flop()));
    }
    if (p.bytes() > 0) {
      args.addProperty("bytes", Math.round(p.bytes()));
    }
    args.addProperty("measured", measured(part.samples().nanos().size()));
    args.addProperty("p95Micros", BigDecimal.valueOf(Math.round(part.samples().p95()), DIGITS));
    JsonObject json = new JsonObject();
    json.addProperty("name", p.name());
    json.addProperty("cat", p.kind().toString());
    json.addProperty("ph", "X");
    json.addProperty("ts", BigDecimal.valueOf(start, DIGITS));
    json.addProperty("dur", BigDecimal.valueOf(end - start, DIGITS));
    json.addProperty("pid", process);
    json.addProperty("tid", row(m, p).number());
    json.add("args", args);
    return json;
  }

  private static String measured(int samples) {
    return samples == 1 ? "in one step" : "the median of " + samples + " steps";
  }

  private static JsonObject step(Measurement m, int process) {
    JsonObject json = new JsonObject();
    json.addProperty("pid", process);
    json.addProperty("device", m.device().id());
    json.addProperty("network", m.network());
    json.addProperty("batch", m.batch());
    json.addProperty("stepMedianMicros", BigDecimal.valueOf(Math.round(m.step().median()), DIGITS));
    json.addProperty("method", m.method());
    return json;
  }
}
