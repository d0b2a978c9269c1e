package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class ClassNamesFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void anyTextIsNamesThatComeBackOrIsRefused(byte[] bytes) {
    List<String> names;
    try {
      names = ClassNames.parse(new String(bytes, StandardCharsets.UTF_8), 5);
    } catch (IllegalArgumentException e) {
      return;
    }
    assertTrue(names.size() <= 5, names::toString);
    assertEquals(names, ClassNames.parse(ClassNames.text(names), 5));
  }
}
