package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example in the docs runs as it stands there, and leaves no file that it was not to make. */
@Tag("long")
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("docs", "examples").toAbsolutePath();
  private static final String ACCURACY = "[0-9]+\\.[0-9]{2} % \\([0-9]+ of [0-9]+\\)";

  /** What each example prints, as a regular expression. */
  private static final Map<String, String> PRINTED =
      Map.of(
          "TrainAndPredict.java",
          "7 \\((99|100)\\.[0-9]{2} %\\)\n",
          "OwnArrays.java",
          "test accuracy (9[5-9]|100)\\.[0-9]{2} % .*\n"
              + "across: across .*\ndown: down .*\ndiagonal: diagonal .*\n",
          "CompareDevices.java",
          "((opencl:[0-9]+|cpu) \\(.*\\): [0-9]+\\.[0-9]{2} s, [0-9,]+ images/s, test accuracy "
              + ACCURACY
              + "\n)+[1-9][0-9]* device\\(s\\), [0-9]\\.[0-9] points apart: they agree\n",
          "CustomListener.java",
          "(step [0-9]+00: loss [0-9]\\.[0-9]{3}\n)*"
              + "step [0-9]+: (loss below 0\\.25|20 s are over), stopping\n"
              + "test accuracy "
              + ACCURACY
              + "\n",
          "session.jsh",
          "test accuracy 9[0-9]\\.[0-9]{2} % .*\na 7 looks like 7 .*\n(a [0-9] looks like .*\n){4}");

  /** What an example leaves in its folder. */
  private static final Map<String, Set<String>> LEFT =
      Map.of("TrainAndPredict.java", Set.of("digits.safetensors"));

  @TempDir private Path folder;

  private static Set<String> examples() throws IOException {
    return names(EXAMPLES);
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void eachHasItsCase() throws IOException {
    assertEquals(new TreeMap<>(PRINTED).keySet(), examples());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runs(String example) throws IOException, InterruptedException {
    Path work = Files.createDirectory(folder.resolve("work"));
    Files.createSymbolicLink(work.resolve("data"), Path.of("data").toAbsolutePath());
    String file = EXAMPLES.resolve(example).toString();
    List<String> command =
        example.endsWith(".jsh")
            ? shell(file)
            : ChildJvm.command(List.of("--add-modules", "jdk.incubator.vector"), file, List.of());

    ChildJvm.Outcome outcome = ChildJvm.run(work, Map.of("LC_ALL", "C.UTF-8"), command);

    String said = outcome.out() + outcome.err();
    assertEquals(0, outcome.status(), said);
    String out = outcome.out().replace(System.lineSeparator(), "\n");
    assertTrue(out.matches(PRINTED.get(example)), said);
    Set<String> left = names(work);
    left.remove("data");
    assertEquals(LEFT.getOrDefault(example, Set.of()), left);
  }

  /** The JDK's shell, which would keep its preferences in the user's home. */
  private List<String> shell(String file) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
        "-J-Djava.util.prefs.userRoot=" + folder,
        "--class-path",
        System.getProperty("java.class.path"),
        "--add-modules",
        "jdk.incubator.vector",
        "-R--add-modules",
        "-Rjdk.incubator.vector",
        file);
  }

  /** JBang reads what it needs from comments, of the same version as this build. */
  @ParameterizedTest
  @MethodSource("examples")
  void beginsWithWhatJbangReads(String example) throws IOException {
    String text = Files.readString(EXAMPLES.resolve(example));
    if (example.endsWith(".jsh")) {
      assertTrue(text.endsWith("\n/exit\n"), "ends by itself");
      return;
    }
    String version = Files.readString(Path.of("pom.xml")).split("</?version>", 3)[1];
    assertTrue(
        text.startsWith(
            """
            ///usr/bin/env jbang "$0" "$@" ; exit $?
            //JAVA 17+
            //DEPS org.aparanet:aparanet:%s
            //RUNTIME_OPTIONS --add-modules jdk.incubator.vector

            """
                .formatted(version)),
        text);
  }
}
