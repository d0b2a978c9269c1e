package org.aparanet.train.checkpoint;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.aparanet.engine.TrainingState;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.ModelFileException;
import org.aparanet.model.safetensors.Safetensors;
import org.aparanet.model.safetensors.SafetensorsException;
import org.aparanet.model.safetensors.SafetensorsWriter;
import org.aparanet.train.AverageSoFar;
import org.aparanet.train.Best;
import org.aparanet.train.Position;
import org.aparanet.train.Settings;
import org.aparanet.train.Snapshot;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Score;

/**
 * Checkpoint files: model files that also have the rest of a {@link Snapshot} and the identity of
 * its run. docs/model-files.md describes the format.
 */
public final class CheckpointFile {
  private static final String CURRENT = "1";
  private static final String NOTES = "aparanet.training";
  private static final String CHECKSUM = "aparanet.crc32c";
  private static final String FIRST_MOMENTS = ModelFile.CHECKPOINT_PREFIX + "first_moments";
  private static final String SECOND_MOMENTS = ModelFile.CHECKPOINT_PREFIX + "second_moments";
  private static final String AVERAGE = ModelFile.CHECKPOINT_PREFIX + "average_parameters";
  private static final String BEST = ModelFile.CHECKPOINT_PREFIX + "best_parameters";
  private static final int CHUNK_FLOATS = 1 << 14;
  private static final float[] NONE = new float[0];
  private static final Gson JSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .setObjectToNumberStrategy(ToNumberPolicy.LAZILY_PARSED_NUMBER) // a seed has 64 bits
          .create();

  private CheckpointFile() {}

  /**
   * Writes a checkpoint; an older file of that name is replaced at once, or kept if this fails.
   *
   * @throws ModelFileException if the file cannot be written
   */
  static void save(Path file, Checkpoint checkpoint) {
    Snapshot snapshot = checkpoint.snapshot();
    TrainingState state = snapshot.state();
    float[] average = snapshot.average().map(AverageSoFar::parameters).orElse(NONE);
    float[] best = snapshot.best().map(Best::parameters).orElse(NONE);
    String notes = JSON.toJson(Notes.of(checkpoint));
    String checksum =
        checksum(
            notes,
            List.of(
                state.parameters(), state.firstMoments(), state.secondMoments(), average, best));
    SafetensorsWriter writer =
        ModelFile.writer(file.toString(), checkpoint.model())
            .metadata(ModelFile.CHECKPOINT, CURRENT)
            .metadata(NOTES, notes)
            .metadata(CHECKSUM, checksum);
    add(writer, FIRST_MOMENTS, state.firstMoments());
    add(writer, SECOND_MOMENTS, state.secondMoments());
    add(writer, AVERAGE, average);
    add(writer, BEST, best);
    try {
      writer.write(file);
    } catch (SafetensorsException e) {
      throw new ModelFileException(e.getMessage(), e);
    }
  }

  /**
   * Reads a checkpoint.
   *
   * @param file of the checkpoint
   * @return the checkpoint
   * @throws ModelFileException if the file cannot be read, or is not as it was written
   */
  public static Checkpoint load(Path file) {
    try (Safetensors tensors = Safetensors.open(file)) {
      return read(tensors);
    } catch (SafetensorsException e) {
      throw new ModelFileException(e.getMessage(), e);
    }
  }

  private static Checkpoint read(Safetensors file) {
    if (!CURRENT.equals(file.metadata().get(ModelFile.CHECKPOINT))) {
      throw new ModelFileException(file.name() + ": is not a checkpoint of this version");
    }
    Model model = ModelFile.read(file);
    float[] firstMoments = optional(file, FIRST_MOMENTS);
    float[] secondMoments = optional(file, SECOND_MOMENTS);
    float[] average = optional(file, AVERAGE);
    float[] best = optional(file, BEST);
    String text = file.metadata().getOrDefault(NOTES, "");
    String checksum =
        checksum(text, List.of(model.parameters(), firstMoments, secondMoments, average, best));
    if (!checksum.equals(file.metadata().get(CHECKSUM))) {
      throw new ModelFileException(file.name() + ": is damaged: its checksum is not " + checksum);
    }
    return read(file.name(), text, model, firstMoments, secondMoments, average, best);
  }

  /**
   * Reads the notes.
   *
   * @param name of the file, for messages
   * @param notes what is no tensor
   * @throws ModelFileException if they cannot be used
   */
  static Checkpoint read(
      String name,
      String notes,
      Model model,
      float[] firstMoments,
      float[] secondMoments,
      float[] average,
      float[] best) {
    try {
      return JSON.fromJson(notes, Notes.class)
          .checkpoint(model, firstMoments, secondMoments, average, best);
    } catch (JsonParseException | IllegalArgumentException | NullPointerException e) {
      throw new ModelFileException(name + ": its " + NOTES + " cannot be used", e);
    }
  }

  private static void add(SafetensorsWriter writer, String name, float[] values) {
    if (values.length > 0) {
      writer.tensor(name, List.of(values.length), values, 0);
    }
  }

  private static float[] optional(Safetensors file, String name) {
    return file.tensors().containsKey(name) ? file.floats(name) : NONE;
  }

  private static String checksum(String notes, List<float[]> tensors) {
    CRC32C sum = new CRC32C();
    sum.update(notes.getBytes(StandardCharsets.UTF_8));
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] tensor : tensors) {
      for (int done = 0; done < tensor.length; done += CHUNK_FLOATS) {
        int count = Math.min(CHUNK_FLOATS, tensor.length - done);
        chunk.clear().limit(count * Float.BYTES);
        chunk.asFloatBuffer().put(tensor, done, count);
        sum.update(chunk);
      }
    }
    return String.format("%08x", sum.getValue());
  }

  /** JSON of all but tensors. Gson fills it in without any check. */
  private record Notes(
      int epoch,
      long step,
      int images,
      double lossSum,
      int correct,
      long optimizerSteps,
      double seconds,
      double epochSeconds,
      long averagedStates,
      Accuracy test,
      int bestEpoch,
      Score best,
      Map<String, Object> run,
      String data,
      List<String> arguments) {

    static Notes of(Checkpoint checkpoint) {
      Snapshot snapshot = checkpoint.snapshot();
      Position position = snapshot.position();
      return new Notes(
          position.epoch(),
          position.step(),
          position.images(),
          position.lossSum(),
          position.correct(),
          snapshot.state().steps(),
          snapshot.seconds(),
          snapshot.epochSeconds(),
          snapshot.average().map(AverageSoFar::states).orElse(0L),
          snapshot.test().orElse(null),
          snapshot.best().map(Best::epoch).orElse(0),
          snapshot.best().map(Best::score).orElse(null),
          checkpoint.run().description(),
          checkpoint.run().data(),
          checkpoint.run().settings().arguments());
    }

    Checkpoint checkpoint(
        Model model,
        float[] firstMoments,
        float[] secondMoments,
        float[] average,
        float[] bestParameters) {
      if (average.length != (averagedStates == 0 ? 0 : model.parameters().length)) {
        throw new IllegalArgumentException("an average of states without its parameters");
      }
      Optional<Best> known =
          bestEpoch == 0
              ? Optional.empty()
              : Optional.of(new Best(bestEpoch, best, bestParameters));
      if (known.isPresent()
          && (best == null || bestParameters.length != model.parameters().length)) {
        throw new IllegalArgumentException("a best epoch without its score or parameters");
      }
      return new Checkpoint(
          model,
          new Snapshot(
              new Position(epoch, step, images, lossSum, correct),
              new TrainingState(model.parameters(), firstMoments, secondMoments, optimizerSteps),
              averagedStates == 0
                  ? Optional.empty()
                  : Optional.of(new AverageSoFar(average, averagedStates)),
              seconds,
              epochSeconds,
              Optional.ofNullable(test),
              known),
          new RunIdentity(run, data, Settings.parse(arguments)));
    }
  }
}
