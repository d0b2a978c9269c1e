package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.CifarFile;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes of CIFAR-10 from its own files, of which drawn ones stand here for the real ones. */
class CifarRecipeTest {
  private static final int PER_FILE = 4;

  @TempDir static Path shared;
  private static Path data;

  @TempDir Path folder;

  /** Six files of striped images. */
  @BeforeAll
  static void writeData() throws IOException {
    data = Files.createDirectories(shared.resolve("cifar"));
    ImageSet images = new CifarFile("cifar-best").images();
    int size = images.shape().size();
    for (int file = 0; file < 6; file++) {
      byte[] records = new byte[PER_FILE * (1 + size)];
      for (int i = 0; i < PER_FILE; i++) {
        records[i * (1 + size)] = (byte) images.label(file * PER_FILE + i);
        images.copy(file * PER_FILE + i, records, i * (1 + size) + 1);
      }
      String name = file < 5 ? "data_batch_" + (file + 1) : "test_batch";
      Files.write(data.resolve(name + ".bin"), records);
    }
  }

  private static CommandRun train(String recipe, String device, Path history, Object... more) {
    Object[] arguments = {
      "train",
      "--preset",
      recipe,
      "--data",
      data,
      "--device",
      device,
      "--history",
      history,
      "--batch",
      4,
      "--learning-rate",
      0.01
    };
    Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandRun.of(all);
  }

  private static List<Double> values(Path history, String key) throws IOException {
    return Files.readAllLines(history).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(line -> line.has(key))
        .map(line -> line.get(key).getAsDouble())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar-small", "cifar-best"})
  void learnsAndGoesOnAndTests(String recipe) throws IOException {
    Path history = folder.resolve("history");
    Path kept = folder.resolve("kept");
    Path model = folder.resolve("model.safetensors");
    Path again = folder.resolve("again.safetensors");

    CommandRun run =
        train(
            recipe,
            "cpu",
            history,
            "--epochs",
            5,
            "--output",
            model,
            "--checkpoint",
            kept,
            "--checkpoint-every",
            20,
            "--checkpoint-keep",
            2);

    assertEquals(0, run.status(), run.err());
    List<Double> losses = values(history, "train_loss");
    assertEquals(5, losses.size());
    assertTrue(losses.get(4) < 0.8 * losses.get(0), losses::toString);
    assertEquals(1, values(history, "test_accuracy").size(), "tested once, after the fifth epoch");

    Files.delete(kept.resolve("step-0000000025.safetensors"));
    CommandRun resumed = CommandRun.of("train", "--resume", kept, "--output", again);
    assertEquals(0, resumed.status(), resumed.err());
    assertEquals(-1, Files.mismatch(model, again));

    CommandRun tested = CommandRun.of("evaluate", model, "--data", data, "--device", "cpu");
    assertEquals(0, tested.status(), tested.err());
    double accuracy = values(history, "test_accuracy").get(0);
    assertTrue(
        tested.out().contains("(%d of 4)".formatted(Math.round(accuracy * PER_FILE))),
        tested.out());
  }

  /** With the same changed images, as only the arithmetic differs. */
  @ParameterizedTest
  @ValueSource(strings = {"cifar-small", "cifar-best"})
  void openClAndJavaAgree(String recipe) throws IOException {
    OpenClTestDevice.engine(HostMemory.SHARED);
    Path history = folder.resolve("java");
    Path other = folder.resolve("opencl");

    CommandRun java = train(recipe, "cpu", history, "--epochs", 1, "--limit", 8);
    CommandRun openCl = train(recipe, "opencl:0", other, "--epochs", 1, "--limit", 8);

    assertEquals(0, java.status(), java.err());
    assertEquals(0, openCl.status(), openCl.err());
    List<Double> expected = values(history, "loss");
    List<Double> losses = values(other, "loss");
    assertEquals(2, expected.size());
    assertEquals(expected.get(0), losses.get(0), 1e-6 * expected.get(0));
    assertEquals(expected.get(1), losses.get(1), 1e-4 * expected.get(1));
    assertEquals(values(history, "test_accuracy"), values(other, "test_accuracy"));
  }
}
