package org.aparanet.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aparanet.engine.check.RelativeError;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tool itself: that it tells what is killed from what survives, and refuses what it cannot do.
 */
@Tag("long")
class MutationsTest {
  private static final String FILE = "engine/check/RelativeError.java";
  private static final String FRAGMENT = "expected.length != actual.length";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir Path folder;

  /** What mutants are tested with: no test of the project, but one of the tool. */
  static class Subject {
    @Test
    void errorOfAHalf() {
      assertEquals(0.5, RelativeError.of(new double[] {2}, new float[] {3}));
    }
  }

  /** Tests that are all skipped. */
  static class Skipped {
    @Test
    void never() {
      Assumptions.abort("skipped on purpose");
    }
  }

  /** Tests that fail without any change. */
  static class Broken {
    @Test
    void always() {
      assertTrue(RelativeError.of(new double[] {2}, new float[] {3}) < 0);
    }
  }

  /** Two tests of which one can see the fault. */
  static class Two {
    @Test
    void blind() {
      assertEquals(0, RelativeError.of(new double[] {2}, new float[] {2}));
    }

    @Test
    void seeing() {
      assertEquals(0.5, RelativeError.of(new double[] {2}, new float[] {3}));
    }
  }

  private Mutations program() {
    return new Mutations(
        Path.of("src/main/java"),
        folder.resolve("work"),
        new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private static SourceMutation mutation(String fragment, String replacement, Class<?> tests) {
    String name = tests.getName().replace("org.aparanet.", "");
    return new SourceMutation(
        "a fault", FILE, List.of(name), fragment, replacement, Optional.empty());
  }

  @Test
  void whatATestNoticesIsKilled() throws Exception {
    Verdict verdict =
        program().judge(mutation("Math.sqrt(difference / norm)", "difference", Subject.class));
    assertEquals(new Verdict(Verdict.Kind.KILLED, "MutationsTest$Subject.errorOfAHalf"), verdict);
  }

  @Test
  void methodIsRunAlone() throws Exception {
    SourceMutation both = mutation("Math.sqrt(difference / norm)", "difference", Two.class);
    assertEquals(
        new Verdict(Verdict.Kind.KILLED, "MutationsTest$Two.seeing"), program().judge(both));
    assertEquals(new Verdict(Verdict.Kind.SURVIVED, ""), program().judge(of(both, "#blind")));
    SourceMutation none = of(both, "#notThere");
    assertThrows(MutationException.class, () -> program().judge(none));
  }

  private static SourceMutation of(SourceMutation m, String method) {
    return new SourceMutation(
        m.name(),
        m.file(),
        List.of(m.tests().get(0) + method),
        m.fragment(),
        m.replacement(),
        m.equivalent());
  }

  @Test
  void whatNoTestNoticesSurvives() throws Exception {
    Verdict verdict = program().judge(mutation(FRAGMENT, "false", Subject.class));
    assertEquals(new Verdict(Verdict.Kind.SURVIVED, ""), verdict);
  }

  @Test
  void whatEndsTheProcessIsKilled() throws Exception {
    SourceMutation ends =
        mutation("double difference = 0;", "double difference = 0; System.exit(3);", Subject.class);
    assertEquals(new Verdict(Verdict.Kind.CRASHED, "status 3"), program().judge(ends));
  }

  @Test
  void whatDoesNotCompileIsToldAndFails() throws Exception {
    SourceMutation wrong = mutation(FRAGMENT, "expected", Subject.class);
    assertEquals(new Verdict(Verdict.Kind.DOES_NOT_COMPILE, ""), program().judge(wrong));
    assertFalse(program().run(List.of(wrong)));
  }

  @Test
  void sumsAndALineForEach() throws Exception {
    boolean enough =
        program()
            .run(
                List.of(
                    mutation("Math.sqrt(difference / norm)", "difference", Subject.class),
                    mutation(FRAGMENT, "false", Subject.class)));
    assertFalse(enough, "half is less than nine in ten");
    String text = printed.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains(FILE + ": a fault"), text);
    assertTrue(text.contains("killed: MutationsTest$Subject.errorOfAHalf"), text);
    assertTrue(text.contains("1 of 2 killed (50.0 %)"), text);
  }

  @Test
  void fragmentThatIsMissingIsRefused() {
    SourceMutation gone = mutation("code of yesterday", "1", Subject.class);
    String message =
        assertThrows(MutationException.class, () -> program().run(List.of(gone))).getMessage();
    assertTrue(message.contains("the fragment is not there"), message);
    assertEquals("", printed.toString(StandardCharsets.UTF_8), "nothing was tried before");
  }

  @Test
  void fragmentThatStandsThereTwiceIsRefused() {
    SourceMutation twice = mutation("expected[i]", "0", Subject.class);
    assertThrows(MutationException.class, () -> program().judge(twice));
  }

  @Test
  void replacementThatChangesNothingIsRefused() {
    SourceMutation same = mutation(FRAGMENT, FRAGMENT, Subject.class);
    assertThrows(MutationException.class, () -> program().judge(same));
  }

  @Test
  void testsThatDoNotRunJudgeNothing() {
    SourceMutation skipped = mutation(FRAGMENT, "false", Skipped.class);
    String message =
        assertThrows(MutationException.class, () -> program().judge(skipped)).getMessage();
    assertTrue(message.contains("no test ran"), message);
  }

  @Test
  void testsThatFailAnywayJudgeNothing() {
    SourceMutation broken = mutation(FRAGMENT, "false", Broken.class);
    String message =
        assertThrows(MutationException.class, () -> program().judge(broken)).getMessage();
    assertTrue(message.contains("without any change"), message);
  }

  @Test
  void equivalentOneThatIsKilledFails() throws Exception {
    SourceMutation noticed = mutation("Math.sqrt(difference / norm)", "difference", Subject.class);
    SourceMutation claimed =
        new SourceMutation(
            noticed.name(),
            noticed.file(),
            noticed.tests(),
            noticed.fragment(),
            noticed.replacement(),
            Optional.of("no test can"));
    assertEquals(
        new Verdict(Verdict.Kind.NOT_EQUIVALENT, "MutationsTest$Subject.errorOfAHalf"),
        program().judge(claimed));
    assertFalse(program().run(List.of(claimed)));
  }

  @Test
  void tableIsReadLineByLine() {
    List<SourceMutation> parsed =
        MutationTable.parse(
            """
            # a comment
            file a/B.java
            tests x.Y z.W

            first
            - one
            -   two
            + three

            second
            - four
            = it is the same
            """);
    assertEquals(
        List.of(
            new SourceMutation(
                "first",
                "a/B.java",
                List.of("x.Y", "z.W"),
                "one\n  two",
                "three",
                Optional.empty()),
            new SourceMutation(
                "second",
                "a/B.java",
                List.of("x.Y", "z.W"),
                "four",
                "",
                Optional.of("it is the same"))),
        parsed);
  }

  @Test
  void mistakesInATableAreRefused() {
    for (String text :
        List.of(
            "tests a.B\n\nname\n- x\n",
            "file a/B.java\n\nname\n- x\n",
            "file a/B.java\ntests a.B\n\nname\n+ x\n",
            "file a/B.java\ntests a.B\n\n- x\n+ y\n",
            "file a/B.java\ntests a.B\n\nname\n- x\nwhat is this\n")) {
      assertThrows(MutationException.class, () -> MutationTable.parse(text), text);
    }
  }

  @Test
  void everyFragmentOfTheTablesIsInTheSource() throws Exception {
    int mutations = 0;
    try (var tables = Files.list(Path.of("src/test/resources/mutations"))) {
      for (Path table : tables.toList()) {
        for (SourceMutation mutation : MutationTable.parse(Files.readString(table))) {
          Path source = Path.of("src/main/java/org/aparanet").resolve(mutation.file());
          mutation.apply(Files.readString(source));
          mutations++;
        }
      }
    }
    assertTrue(mutations >= 150, "only " + mutations + " mutations are left");
  }
}
