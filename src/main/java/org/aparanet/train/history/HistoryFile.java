package org.aparanet.train.history;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.aparanet.file.IoReason;

/**
 * Reads a history, the JSON Lines that {@link History} writes. Lines of other kinds are skipped; a
 * step may also have a {@code learning_rate}.
 */
public final class HistoryFile {

  /** Receives the steps and epochs of a history, in their order. */
  public interface Receiver {

    /**
     * A step.
     *
     * @param step its number in the run, from 1
     * @param loss mean loss of its images
     */
    void step(long step, double loss);

    /**
     * Learning rate of the step that came before.
     *
     * @param rate of that step
     */
    void learningRate(double rate);

    /**
     * An epoch without a test.
     *
     * @param epoch number of the epoch
     * @param loss mean loss of the epoch
     * @param accuracy of the test
     */
    void epoch(int epoch, double loss, double accuracy);

    /**
     * An epoch with a test after it.
     *
     * @param epoch its number, from 1
     * @param loss mean loss of its images
     * @param accuracy share of its images classified correctly, 0 to 1
     * @param test share of the test images classified correctly, 0 to 1
     */
    void testedEpoch(int epoch, double loss, double accuracy, double test);
  }

  private final Path file;
  private final Receiver receiver;
  private int line;
  private boolean empty = true;

  private HistoryFile(Path file, Receiver receiver) {
    this.file = file;
    this.receiver = receiver;
  }

  /**
   * Reads a history, line by line.
   *
   * @param file of the history
   * @param receiver is handed what is read
   * @throws UncheckedIOException if it cannot be read or holds no steps and no epochs; the message
   *     is a sentence that names the file and, where it has one, the line
   */
  public static void read(Path file, Receiver receiver) {
    new HistoryFile(file, receiver).read();
  }

  private void read() {
    // what is not UTF-8 is replaced and, outside of strings, refused with its line
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        line++;
        take(parse(text));
      }
    } catch (NoSuchFileException e) {
      throw refusal("", "there is no such file", e);
    } catch (IOException e) {
      throw refusal("", Files.isDirectory(file) ? "it is a folder" : IoReason.of(e), e);
    }
    if (empty) {
      throw refusal("", "it holds no steps and no epochs", null);
    }
  }

  private JsonObject parse(String text) {
    try (JsonReader json = new JsonReader(new StringReader(text))) {
      json.setStrictness(Strictness.STRICT);
      JsonElement value = JsonParser.parseReader(json);
      if (value.isJsonObject() && json.peek() == JsonToken.END_DOCUMENT) {
        return value.getAsJsonObject();
      }
    } catch (IOException | JsonParseException e) {
      throw refusal(", line " + line, "it is not a JSON object", e);
    }
    throw refusal(", line " + line, "it is not a JSON object", null);
  }

  private void take(JsonObject object) {
    if (object.has("step")) {
      receiver.step((long) number(object, "step"), number(object, "loss"));
      if (object.has("learning_rate")) {
        receiver.learningRate(number(object, "learning_rate"));
      }
      empty = false;
    } else if (object.has("epoch")) {
      int epoch = (int) number(object, "epoch");
      double loss = number(object, "train_loss");
      double accuracy = number(object, "train_accuracy");
      if (object.has("test_accuracy")) {
        receiver.testedEpoch(epoch, loss, accuracy, number(object, "test_accuracy"));
      } else { // not every epoch is tested
        receiver.epoch(epoch, loss, accuracy);
      }
      empty = false;
    }
  }

  private double number(JsonObject object, String name) {
    JsonElement value = object.get(name);
    if (value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
      double number = value.getAsDouble();
      if (Double.isFinite(number)) {
        return number;
      }
    }
    throw refusal(
        ", line " + line,
        "\"" + name + "\" is " + (value == null ? "missing" : "not a finite number"),
        null);
  }

  private UncheckedIOException refusal(String place, String reason, Exception cause) {
    IOException io = cause instanceof IOException e ? e : new IOException(reason, cause);
    return new UncheckedIOException(
        "history file " + file + place + " cannot be read: " + reason, io);
  }
}
