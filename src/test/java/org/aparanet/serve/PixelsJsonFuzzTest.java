package org.aparanet.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.aparanet.model.Shape;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class PixelsJsonFuzzTest {
  private static final Shape SHAPE = new Shape(1, 1, 2);

  @FuzzTest(maxDuration = "60s")
  void anyBodyIsImagesOrIsRefusedInOneSentence(byte[] body) {
    PixelsJson.Read read;
    try {
      read = PixelsJson.read(body, SHAPE);
    } catch (RequestException e) {
      assertFalse(e.getMessage().chars().anyMatch(Character::isISOControl), e.getMessage());
      assertTrue(e.getMessage().length() < 400, e.getMessage());
      assertTrue(e.status() == 400 || e.status() == 413);
      return;
    }
    assertTrue(!read.images().isEmpty() && read.images().size() <= ServerLimits.IMAGES);
    assertTrue(!read.single() || read.images().size() == 1);
    for (float[] image : read.images()) {
      assertEquals(2, image.length);
      for (float pixel : image) {
        assertTrue(pixel >= 0 && pixel <= 1, "" + pixel);
      }
    }
  }
}
