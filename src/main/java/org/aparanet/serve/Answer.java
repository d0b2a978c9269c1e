package org.aparanet.serve;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a request gets back.
 *
 * @param status of HTTP
 * @param type media type of the body
 * @param body its bytes; not changed
 * @param headers more headers, by name
 */
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
  private static final String JSON = "application/json";

  static Answer json(String json) {
    return of(JSON, json);
  }

  static Answer text(String text) {
    return of("text/plain; charset=utf-8", text);
  }

  static Answer of(String type, String text) {
    return new Answer(200, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** A refusal or failure, {@code {"error": sentence}}. */
  static Answer error(int status, String sentence) {
    JsonObject error = new JsonObject();
    error.addProperty("error", sentence);
    return new Answer(status, JSON, error.toString().getBytes(StandardCharsets.UTF_8), Map.of());
  }

  Answer with(String header, String value) {
    return new Answer(status, type, body, Map.of(header, value));
  }
}
