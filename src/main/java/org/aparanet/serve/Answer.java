package org.aparanet.serve;

import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What a request gets back.
 *
 * @param status of HTTP
 * @param type media type of the body
 * @param body its bytes; not changed
 * @param headers more headers, by name
 * @param stream writes the body instead, where it is of unknown length
 */
record Answer(
    int status, String type, byte[] body, Map<String, String> headers, Optional<Stream> stream) {
  private static final String JSON = "application/json";

  /** Body that is written bit by bit; closed whatever becomes of the answer. */
  interface Stream extends Closeable {
    /**
     * Writes the body.
     *
     * @throws IOException if the client is gone
     */
    void write(OutputStream out) throws IOException;
  }

  Answer(int status, String type, byte[] body, Map<String, String> headers) {
    this(status, type, body, headers, Optional.empty());
  }

  static Answer stream(String type, Stream stream) {
    return new Answer(200, type, new byte[0], Map.of(), Optional.of(stream));
  }

  /** Says that it was done. */
  static Answer done() {
    return new Answer(204, "text/plain; charset=utf-8", new byte[0], Map.of());
  }

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
    return new Answer(status, type, body, Map.of(header, value), stream);
  }
}
