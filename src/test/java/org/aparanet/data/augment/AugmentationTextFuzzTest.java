package org.aparanet.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class AugmentationTextFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void anyTextIsAnAugmentationThatComesBackOrIsRefusedInOneSentence(byte[] bytes) {
    Augmentation augmentation;
    try {
      augmentation = Augmentation.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().length() < 300, e.getMessage());
      return;
    }
    assertEquals(augmentation, Augmentation.parse(augmentation.text()));
  }
}
