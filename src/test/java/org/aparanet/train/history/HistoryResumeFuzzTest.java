package org.aparanet.train.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.aparanet.train.Position;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class HistoryResumeFuzzTest {
  private static final byte[] BEGIN = "{\"seed\":1}\n".getBytes();
  private static Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("history");
  }

  @AfterAll
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("history"));
    Files.deleteIfExists(folder.resolve("history.part"));
    Files.delete(folder);
  }

  /** Also behind a first line that is as it should be. */
  @FuzzTest(maxDuration = "60s")
  void anyBytesAreGoneOnWithOrAreRefusedInOneSentence(byte[] bytes) throws IOException {
    resume(bytes);
    byte[] both = Arrays.copyOf(BEGIN, BEGIN.length + bytes.length);
    System.arraycopy(bytes, 0, both, BEGIN.length, bytes.length);
    resume(both);
  }

  private static void resume(byte[] bytes) throws IOException {
    Path file = folder.resolve("history");
    Files.write(folder.resolve("history.part"), bytes);
    try (History history = History.resume(file, Map.of("seed", 1), new Position(2, 2, 0, 0, 0))) {
      history.writeOut();
    } catch (UncheckedIOException e) {
      assertTrue(e.getMessage().startsWith("history file " + file + " "), e.getMessage());
      return;
    }
    byte[] kept = Files.readAllBytes(file);
    assertEquals(-1, Arrays.mismatch(kept, Arrays.copyOf(bytes, kept.length)), "what was there");
    assertTrue(kept.length > 0 && kept[kept.length - 1] == '\n', "complete lines");
    Files.delete(file);
  }
}
