package org.aparanet.report.watch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.aparanet.engine.Device;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.StepProfile;

/** Where the time of a step went, as the page gets it. */
final class ProfileJson {
  private ProfileJson() {}

  /** {@code {"step", "device", "method", "nanos", "parts": [{"name", "nanos"}]}}. */
  static JsonObject of(long step, Device device, StepProfile profile) {
    JsonObject json = new JsonObject();
    json.addProperty("step", step);
    json.addProperty("device", device.toString());
    json.addProperty("method", profile.method());
    json.addProperty("nanos", Json.number(profile.nanos()));
    JsonArray parts = new JsonArray();
    for (StepPart part : profile.parts()) {
      JsonObject row = new JsonObject();
      row.addProperty("name", part.name());
      row.addProperty("nanos", Json.number(part.nanos()));
      parts.add(row);
    }
    json.add("parts", parts);
    return json;
  }
}
