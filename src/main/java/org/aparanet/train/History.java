package org.aparanet.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Writes how a training run went, as JSON Lines: first a line that describes the run, then a line
 * for each step and one for each epoch. Numbers read back as the same doubles.
 *
 * <pre>
 * {"network":"conv 16 3 nobias, pool 2, dense 10","seed":1, ...}
 * {"step":1,"epoch":1,"loss":2.31,"accuracy":0.125}
 * {"epoch":1,"train_loss":0.41,"train_accuracy":0.88,"test_accuracy":0.92,"seconds":1.8,"images_per_second":33000.0}
 * </pre>
 *
 * <p>While the run lasts the file is called {@code NAME.part}, written out at each epoch's end;
 * closing gives it its name. A file of that name is left alone until then. A failure to write does
 * not stop the training: it is kept until {@link #close}.
 */
public final class History implements TrainingListener, AutoCloseable {
  private static final Gson VALUES = new GsonBuilder().disableHtmlEscaping().create();

  private final Path file;
  private final Path part;
  private final BufferedWriter writer;
  private IOException failure;

  /**
   * Starts a history.
   *
   * @param file where it will be
   * @param run what describes the run, for the first line: strings, numbers and booleans by name
   * @throws UncheckedIOException if the file cannot be written; its message is a sentence
   */
  public History(Path file, Map<String, Object> run) {
    this.file = file;
    part = file.resolveSibling(file.getFileName() + ".part");
    try {
      writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw refusal(e);
    }
    line(
        json -> {
          for (Map.Entry<String, Object> entry : run.entrySet()) {
            json.name(entry.getKey()).jsonValue(VALUES.toJson(entry.getValue()));
          }
        });
  }

  @Override
  public void step(Step step) {
    line(
        json ->
            json.name("step")
                .value(step.step())
                .name("epoch")
                .value(step.epoch())
                .name("loss")
                .value(step.loss())
                .name("accuracy")
                .value(step.accuracy()));
  }

  @Override
  public void epoch(Epoch epoch) {
    line(
        json ->
            json.name("epoch")
                .value(epoch.epoch())
                .name("train_loss")
                .value(epoch.trainLoss())
                .name("train_accuracy")
                .value(epoch.trainAccuracy())
                .name("test_accuracy")
                .value(epoch.test().share())
                .name("seconds")
                .value(epoch.seconds())
                .name("images_per_second")
                .value(epoch.imagesPerSecond()));
    attempt(writer::flush);
  }

  /**
   * Gives the file its name.
   *
   * @throws UncheckedIOException if any part of the history could not be written; its message is a
   *     sentence
   */
  @Override
  public void close() {
    try (writer) {
      writer.flush();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    attempt(() -> Files.move(part, file, StandardCopyOption.REPLACE_EXISTING));
    if (failure != null) {
      throw refusal(failure);
    }
  }

  private void line(Content content) {
    attempt(
        () -> {
          StringWriter text = new StringWriter();
          try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            content.write(json);
            json.endObject();
          }
          writer.append(text.getBuffer()).append('\n');
        });
  }

  /** After the first failure nothing more is written: a gap in the middle would deceive. */
  private void attempt(Action action) {
    if (failure == null) {
      try {
        action.run();
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  private UncheckedIOException refusal(IOException cause) {
    boolean bare = cause instanceof FileSystemException e && e.getReason() == null;
    String reason = bare ? "the folder is missing or not writable" : cause.getMessage();
    return new UncheckedIOException(
        "history file " + file + " cannot be written: " + reason, cause);
  }

  private interface Content {
    void write(JsonWriter json) throws IOException;
  }

  private interface Action {
    void run() throws IOException;
  }
}
