package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aparanet.ChildJvm;
import org.junit.jupiter.api.Test;

/**
 * Plain {@code java -jar} has no vector instructions: all works, and one line says what to type.
 */
class WithoutVectorsTest {
  private static final String ADVICE = "start Java with --add-modules jdk.incubator.vector";

  private static ChildJvm.Outcome train(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Daparanet.home=" + Path.of("").toAbsolutePath());
    return ChildJvm.run(
        all,
        Map.of(),
        Main.class.getName(),
        List.of("train", "--device", "cpu", "--limit", "256", "--epochs", "1"));
  }

  private static long adviceLines(ChildJvm.Outcome outcome) {
    return outcome.err().lines().filter(line -> line.contains(ADVICE)).count();
  }

  @Test
  void adviceIsGivenOnceWhereTheModuleIsMissing() throws Exception {
    ChildJvm.Outcome without = train();
    assertEquals(0, without.status(), without::toString);
    assertEquals(1, adviceLines(without), without::toString);
    assertTrue(without.out().startsWith("test accuracy "), without::toString);
  }

  @Test
  void noAdviceWhereNothingIsMissing() throws Exception {
    ChildJvm.Outcome with = train("--add-modules", "jdk.incubator.vector");
    assertEquals(0, with.status(), with::toString);
    assertFalse(with.err().contains(ADVICE), with::toString);
    ChildJvm.Outcome unwanted =
        train("--add-modules", "jdk.incubator.vector", "-Daparanet.vector.bits=0");
    assertFalse(unwanted.err().contains(ADVICE), unwanted::toString);
  }

  @Test
  void vectorsThatAreTooShortAreNotUsed() throws Exception {
    ChildJvm.Outcome tooShort =
        train("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=8");
    assertEquals(0, tooShort.status(), tooShort::toString);
    assertTrue(
        tooShort.err().contains("on this machine Java's vectors have 2 floats, and it needs 4."),
        tooShort::toString);
    assertEquals(train().out().split(",")[0], tooShort.out().split(",")[0]);
  }

  /** The engines compute the same: their accuracies after few steps agree. */
  @Test
  void resultIsTheSame() throws Exception {
    String without = train().out().split(",")[0];
    assertEquals(without, train("--add-modules", "jdk.incubator.vector").out().split(",")[0]);
  }
}
