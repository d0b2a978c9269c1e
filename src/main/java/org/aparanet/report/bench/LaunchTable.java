package org.aparanet.report.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.aparanet.bench.Measurement;
import org.aparanet.engine.StepPart;

/** The launches of a step as JSON, in the order in which a step does them. */
final class LaunchTable {
  private LaunchTable() {}

  /** Empty if nothing was launched. */
  static Optional<JsonObject> of(Measurement m) {
    JsonArray passes = new JsonArray();
    int executes = 0;
    for (Measurement.Part part : m.parts()) {
      if (part.part().kind() == StepPart.Kind.CALL) {
        executes++;
      }
      if (part.part().launches() > 0) {
        passes.add(pass(part, executes));
      }
    }
    if (passes.isEmpty()) {
      return Optional.empty();
    }
    JsonObject json = new JsonObject();
    json.addProperty("executes", executes);
    json.addProperty("launches", m.launches());
    m.launchCost()
        .ifPresent(
            cost -> {
              json.addProperty("hostNanosOfExecute", cost.executeNanos());
              json.addProperty("hostNanosOfLaunch", cost.launchNanos());
            });
    json.add("passes", passes);
    return Optional.of(json);
  }

  private static JsonObject pass(Measurement.Part part, int execute) {
    StepPart p = part.part();
    JsonObject json = new JsonObject();
    json.addProperty("execute", execute);
    json.addProperty("operation", p.operation());
    json.addProperty("layer", p.layer());
    json.addProperty("workGroups", p.workGroups());
    json.addProperty("flop", p.flop());
    json.addProperty("bytes", p.bytes());
    json.addProperty("medianNanos", p.nanos());
    json.addProperty("p95Nanos", part.samples().p95());
    return json;
  }
}
