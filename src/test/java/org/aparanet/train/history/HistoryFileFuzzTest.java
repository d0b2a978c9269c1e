package org.aparanet.train.history;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.report.training.CurveRecorder;
import org.aparanet.report.training.Point;
import org.aparanet.report.training.TrainingCurves;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class HistoryFileFuzzTest {
  private static Path file;

  @BeforeAll
  static void makeFile() throws IOException {
    file = Files.createTempFile("history", ".jsonl");
  }

  @AfterAll
  static void removeFile() throws IOException {
    Files.delete(file);
  }

  @FuzzTest(maxDuration = "60s")
  void anyBytesAreCurvesOrAreRefusedInOneSentence(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    TrainingCurves curves;
    try {
      curves = CurveRecorder.read(file);
    } catch (UncheckedIOException e) {
      assertTrue(e.getMessage().startsWith("history file " + file), e.getMessage());
      return;
    }
    assertTrue(!curves.stepLoss().isEmpty() || !curves.epochLoss().isEmpty());
    for (List<Point> points : List.of(curves.stepLoss(), curves.epochLoss())) {
      assertTrue(points.size() <= TrainingCurves.MOST_POINTS);
    }
    assertTrue(curves.tested().size() <= TrainingCurves.MOST_EPOCHS);
  }
}
