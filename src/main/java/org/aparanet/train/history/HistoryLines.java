package org.aparanet.train.history;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aparanet.train.Position;

/** Finds the part of a {@link History} that a run keeps when it continues from a position. */
final class HistoryLines {
  private final InputStream in;
  private long read; // bytes, up to the end of the last complete line

  private HistoryLines(InputStream in) {
    this.in = in;
  }

  /**
   * The history belongs to another run, or lacks a step; the message continues "history file F".
   */
  static final class Unsuitable extends IOException {
    private static final long serialVersionUID = 1L;

    Unsuitable(String message) {
      super(message);
    }
  }

  /**
   * Length of the part of the file to keep, in bytes.
   *
   * @param description the run's, as in the first line
   * @throws Unsuitable if the file is of another run, or lacks a step before the position
   * @throws IOException if it cannot be read
   */
  static long end(Path file, JsonObject description, Position position) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return new HistoryLines(in).end(description, position);
    }
  }

  private long end(JsonObject description, Position position) throws IOException {
    JsonObject first = next();
    JsonElement start = first == null ? null : first.remove(History.AFTER_STEP);
    if (!description.equals(first)) {
      throw new Unsuitable("is of another run");
    }
    long step = start == null ? 0 : whole(start);
    long keep = read;
    for (JsonObject line = next(); line != null; line = next()) {
      JsonElement number = line.get("step");
      if (number == null) {
        JsonElement epoch = line.get("epoch");
        long finished = whole(epoch);
        if (finished < 0 || finished >= position.epoch()) {
          break;
        }
      } else if (whole(number) == step + 1 && step < position.step()) {
        step++;
      } else {
        break;
      }
      keep = read;
    }
    if (step != position.step()) {
      throw new Unsuitable(
          "does not go up to step " + position.step() + ", from which the run goes on");
    }
    return keep;
  }

  /** The next line; null at the end and for a line that is not complete. */
  private JsonObject next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.write(c);
      if (c == '\n') {
        read += line.size();
        return object(line.toString(StandardCharsets.UTF_8));
      }
    }
    return null;
  }

  /** A whole number from 0; -1 for anything else, as no history has it. */
  private static long whole(JsonElement element) {
    try {
      return element == null ? -1 : Math.max(-1, element.getAsJsonPrimitive().getAsLong());
    } catch (IllegalStateException | NumberFormatException e) {
      return -1;
    }
  }

  private static JsonObject object(String line) {
    try {
      JsonElement element = JsonParser.parseString(line);
      return element.isJsonObject() ? element.getAsJsonObject() : null;
    } catch (JsonParseException e) {
      return null;
    }
  }
}
