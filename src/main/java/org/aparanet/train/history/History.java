package org.aparanet.train.history;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.aparanet.file.AtomicFile;
import org.aparanet.file.Claims;
import org.aparanet.file.IoReason;
import org.aparanet.file.OutputClaim;
import org.aparanet.file.SteadyFile;
import org.aparanet.file.Target;
import org.aparanet.train.Position;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.evaluate.Score;

/**
 * Writes how a training run went, as JSON Lines: first a line that describes the run, then a line
 * for each step and one for each epoch. Numbers read back as the same doubles.
 *
 * <pre>
 * {"network":"conv 16 3 nobias, pool 2, dense 10","seed":1, ...}
 * {"step":1,"epoch":1,"loss":2.31,"accuracy":0.125,"learning_rate":0.07}
 * {"epoch":1,"train_loss":0.41,"train_accuracy":0.88,"test_accuracy":0.92,"seconds":1.8,"images_per_second":33000.0}
 * </pre>
 *
 * <p>{@code test_accuracy} is missing where an epoch was not tested; validation images add {@code
 * validation_loss} and {@code validation_accuracy}.
 *
 * <p>While the run lasts the file is called {@code NAME.part}, written out at each epoch's end;
 * closing gives it its name, unless the run failed. A file of that name is left alone until then. A
 * failure to write does not stop the training: it is kept until {@link #close}, and what was
 * written before it stays in {@code NAME.part}, in complete lines.
 */
public final class History implements TrainingListener, AutoCloseable {

  /** In the first line of a history that begins in the middle of a run. */
  static final String AFTER_STEP = "after_step";

  private static final Gson VALUES = new GsonBuilder().disableHtmlEscaping().create();
  private static final int BUFFER_BYTES = 1 << 13;

  private final Path file;
  private final Path part;
  private final SteadyFile channel;
  private final Optional<Claims> own;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream(2 * BUFFER_BYTES);
  private IOException failure;
  private boolean failed;

  /**
   * Starts a history.
   *
   * @param file where it will be
   * @param run what describes the run, for the first line: strings, numbers and booleans by name
   * @throws UncheckedIOException if the file cannot be written, or another history is being written
   *     there; its message is a sentence
   */
  public History(Path file, Map<String, Object> run) {
    this(file, start(file, json(run), new Claims(), true));
  }

  /**
   * As above.
   *
   * @param file of the history
   * @param run what describes the run
   * @param claims has the file, and is closed by others
   */
  public History(Path file, Map<String, Object> run, Claims claims) {
    this(file, start(file, json(run), claims, false));
  }

  private History(Path file, Opened opened) {
    this.file = file;
    part = part(file);
    channel = opened.channel();
    own = opened.own();
  }

  /**
   * Makes sure that a history can be written, and claims its files.
   *
   * @param file where it will be
   * @param claims has the files then
   * @throws UncheckedIOException if it cannot; its message is a sentence
   */
  public static void claim(Path file, Claims claims) {
    try {
      OutputClaim.take(file, claims);
      OutputClaim.take(part(file), claims);
    } catch (IOException e) {
      throw refusal(file, e);
    }
  }

  /**
   * Continues the history of a run from a position, as if later lines had never been written. If
   * there is no file of that name, complete or not, one begins at the position.
   *
   * @param file of the history
   * @param run as when it was started
   * @param position after which lines are written
   * @return the history, to be closed
   * @throws UncheckedIOException if the file is of another run, lacks something before the position
   *     or cannot be written; its message is a sentence
   */
  public static History resume(Path file, Map<String, Object> run, Position position) {
    return new History(file, goOn(file, json(run), position, new Claims(), true));
  }

  /**
   * As above.
   *
   * @param file of the history
   * @param run what describes the run
   * @param position after which lines are written
   * @param claims has the file, and is closed by others
   * @return the history, to be closed
   */
  public static History resume(
      Path file, Map<String, Object> run, Position position, Claims claims) {
    return new History(file, goOn(file, json(run), position, claims, false));
  }

  /** An open file for lines, and the claims to close after it. */
  private record Opened(SteadyFile channel, Optional<Claims> own) {}

  private static Opened start(Path file, JsonObject description, Claims claims, boolean own) {
    return open(file, claims, own, part -> begin(part, description));
  }

  private static Opened goOn(
      Path file, JsonObject description, Position position, Claims claims, boolean own) {
    return open(
        file,
        claims,
        own,
        part -> {
          boolean unfinished = Target.look(part).isPresent();
          if (!unfinished && Target.look(file).isEmpty()) {
            description.addProperty(AFTER_STEP, position.step());
            return begin(part, description);
          }
          long end = HistoryLines.end(unfinished ? part : file, description, position);
          if (!unfinished) {
            copy(file, part);
          }
          SteadyFile channel = SteadyFile.change(part);
          channel.truncate(end);
          return channel;
        });
  }

  private static Opened open(Path file, Claims claims, boolean own, Opening opening) {
    try {
      claims.file(file);
      claims.file(part(file));
      Target.toWrite(part(file));
      return new Opened(opening.open(part(file)), own ? Optional.of(claims) : Optional.empty());
    } catch (IOException | RuntimeException e) {
      if (own) {
        claims.close();
      }
      throw e instanceof IOException io ? refusal(file, io) : (RuntimeException) e;
    }
  }

  private static SteadyFile begin(Path part, JsonObject description) throws IOException {
    SteadyFile channel = SteadyFile.empty(part);
    byte[] line = (VALUES.toJson(description) + "\n").getBytes(StandardCharsets.UTF_8);
    write(channel, line);
    return channel;
  }

  /** Copies the whole file or nothing: a truncated copy would be continued next time. */
  private static void copy(Path file, Path part) throws IOException {
    AtomicFile.write(part, channel -> Files.copy(file, Channels.newOutputStream(channel)));
  }

  /** The description as it reads back, so that numbers are compared by their text. */
  private static JsonObject json(Map<String, Object> run) {
    return JsonParser.parseString(VALUES.toJson(run)).getAsJsonObject();
  }

  /**
   * {@return the file with the lines until the history is closed}
   *
   * @param file of the history
   */
  public static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
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
                .value(step.accuracy())
                .name("learning_rate")
                .jsonValue(Float.toString(step.learningRate())));
  }

  @Override
  public void epoch(Epoch epoch) {
    line(
        json -> {
          json.name("epoch").value(epoch.epoch());
          json.name("train_loss").value(epoch.trainLoss());
          json.name("train_accuracy").value(epoch.trainAccuracy());
          if (epoch.validation().isPresent()) {
            Score score = epoch.validation().get();
            json.name("validation_loss").value(score.loss());
            json.name("validation_accuracy").value(score.accuracy().share());
          }
          if (epoch.test().isPresent()) {
            json.name("test_accuracy").value(epoch.test().get().share());
          }
          json.name("seconds").value(epoch.seconds());
          json.name("images_per_second").value(epoch.imagesPerSecond());
        });
    attempt(this::flush);
  }

  /** Forces all lines so far to the disk. */
  public void writeOut() {
    attempt(
        () -> {
          flush();
          channel.force(false);
        });
  }

  /**
   * Has closing leave the lines in {@code NAME.part}, as a process that is killed does: the run
   * failed, so that they are no whole history.
   */
  public void fail() {
    failed = true;
  }

  /**
   * Gives the file its name, unless the run {@linkplain #fail() failed}.
   *
   * @throws UncheckedIOException if any part of the history could not be written; its message is a
   *     sentence
   */
  @Override
  public void close() {
    attempt(this::flush);
    try {
      channel.close();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    if (!failed) {
      attempt(
          () -> {
            Target.toWrite(file);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
          });
    }
    own.ifPresent(Claims::close);
    if (failure != null) {
      throw refusal(file, failure);
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
          text.write('\n');
          pending.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
          if (pending.size() >= BUFFER_BYTES) {
            flush();
          }
        });
  }

  private void flush() throws IOException {
    byte[] lines = pending.toByteArray();
    pending.reset();
    write(channel, lines);
  }

  /** Writes lines; on failure, as many of them as there was room for. */
  private static void write(SteadyFile channel, byte[] lines) throws IOException {
    long start = channel.position();
    ByteBuffer bytes = ByteBuffer.wrap(lines);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      int complete = bytes.position();
      while (complete > 0 && lines[complete - 1] != '\n') {
        complete--;
      }
      channel.truncate(start + complete);
      throw e;
    }
  }

  /**
   * Does an action unless one has failed: after a failure nothing more is written, so that the file
   * has no gap.
   */
  private void attempt(Action action) {
    if (failure == null) {
      try {
        action.run();
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  private static UncheckedIOException refusal(Path file, IOException cause) {
    if (cause instanceof HistoryLines.Unsuitable) {
      return new UncheckedIOException(
          "history file " + file + " " + cause.getMessage() + "; name another with --history",
          cause);
    }
    return new UncheckedIOException(
        "history file " + file + " cannot be written: " + IoReason.of(cause), cause);
  }

  private interface Opening {
    SteadyFile open(Path part) throws IOException;
  }

  private interface Content {
    void write(JsonWriter json) throws IOException;
  }

  private interface Action {
    void run() throws IOException;
  }
}
