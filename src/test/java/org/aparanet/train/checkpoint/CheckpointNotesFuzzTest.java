package org.aparanet.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFileException;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.Position;
import org.aparanet.train.Settings;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class CheckpointNotesFuzzTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 1, 1), "dense 2");
  private static final RunIdentity RUN =
      new RunIdentity(Map.of("seed", 1, "rate", 0.1f, "network", "dense 2"), "d", new Settings());

  @FuzzTest(maxDuration = "60s")
  void anyNotesAreAPlaceInARunOrAreRefusedInOneSentence(byte[] bytes) {
    Checkpoint checkpoint;
    try {
      checkpoint =
          CheckpointFile.read(
              "fuzz",
              new String(bytes, StandardCharsets.UTF_8),
              new Model(NETWORK, new float[4]),
              new float[0],
              new float[0],
              new float[4],
              new float[4]);
    } catch (ModelFileException e) {
      assertEquals("fuzz: its aparanet.training cannot be used", e.getMessage());
      return;
    }
    Position position = checkpoint.snapshot().position();
    assertTrue(position.epoch() > 0 && position.step() >= 0, position::toString);
    checkpoint.snapshot().best().ifPresent(best -> assertTrue(best.score() != null));
    Settings settings = checkpoint.run().settings();
    assertEquals(settings, Settings.parse(settings.arguments()));
    assertTrue(checkpoint.run().data() != null);
    checkpoint.run().differences(RUN);
    RUN.differences(checkpoint.run());
    assertEquals(List.of(), checkpoint.run().differences(checkpoint.run()));
  }
}
