package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.aparanet.data.format.DataException;
import org.aparanet.model.Shape;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class ImageFileFuzzTest {
  private static final Shape SHAPE = new Shape(3, 2, 2);

  @FuzzTest(maxDuration = "60s")
  void anyFileIsAnImageOrIsRefusedInOneSentence(byte[] file) {
    try {
      assertEquals(12, ImageFile.read("it", file, SHAPE, false).pixels().length);
    } catch (DataException e) {
      assertFalse(e.getMessage().chars().anyMatch(Character::isISOControl), e.getMessage());
    }
  }
}
