package org.aparanet.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script, run by sh in a copy of the project's outline. Java and Maven are scripts
 * that tell what they were called with, so that nothing is really built or started.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for sh")
class LauncherTest {
  private static final String VECTOR_LOOPS_FIRST =
      "-XX:CompileCommand=CompileThresholdScaling,org.aparanet.engine.cpu.vector.Vector*::*,0.3";

  private static final String COMPILER_THREADS = "-XX:CICompilerCount=4";

  private static final String MAVEN =
      """
      echo "$@" >>"%s"
      case "$*" in *package) ;; *) exit 0 ;; esac # a jar is made by nothing less
      mkdir -p target/lib
      echo jar >target/aparanet.jar
      """;

  @TempDir Path folder;
  private Path home;
  private Path tools;
  private Path builds;

  @BeforeEach
  void copyTheProjectsOutline() throws IOException {
    home = Files.createDirectories(folder.resolve("a folder with spaces"));
    tools = Files.createDirectories(folder.resolve("tools"));
    builds = folder.resolve("builds");
    Files.copy(Path.of("aparanet"), home.resolve("aparanet"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.createDirectories(home.resolve("src/main"));
    for (String tool :
        List.of(
            "sed",
            "head",
            "find",
            "readlink",
            "dirname",
            "mkdir",
            "mv",
            "rm",
            "cat",
            "sleep",
            "touch",
            "grep",
            "iconv")) {
      script(tools.resolve(tool), "exec " + whichever(tool) + " \"$@\"");
    }
    script(tools.resolve("java"), java("17.0.15"));
    script(tools.resolve("mvn"), MAVEN.formatted(builds));
  }

  @Test
  void buildsOnFirstUseThenStartsJavaWithTheArguments() throws Exception {
    Run run = launch(home.resolve("aparanet"), "train", "--network", "conv 8 3, dense 10");

    assertEquals(0, run.status, run.err);
    assertTrue(run.err.startsWith("aparanet: building"), run.err);
    assertEquals(List.of("-q -B -DskipTests package"), Files.readAllLines(builds));
    List<String> arguments = run.out.lines().toList();
    assertTrue(arguments.contains("-XX:+UseG1GC"), run.out);
    assertTrue(arguments.contains("jdk.incubator.vector"), run.out);
    assertTrue(arguments.contains("-Daparanet.home=" + home.toRealPath()), run.out);
    assertFalse(arguments.contains("--enable-native-access=ALL-UNNAMED"), run.out);
    Path target = home.toRealPath().resolve("target");
    assertEquals(
        List.of(
            target.resolve("aparanet.jar") + ":" + target.resolve("lib") + "/*",
            "org.aparanet.cli.Main",
            "train",
            "--network",
            "conv 8 3, dense 10"),
        arguments.subList(arguments.indexOf("-cp") + 1, arguments.size()));
  }

  /** An option that comes later wins, so what users give has to come last. */
  @Test
  void theUsersOptionsComeBehindThoseOfTheLauncher() throws Exception {
    launch(home.resolve("aparanet")); // so that it is built
    for (List<String> arguments : List.of(List.of("train"), List.of("--version"))) {
      Process started =
          start(
              home.resolve("aparanet"),
              Map.of("APARANET_JAVA_OPTIONS", "-XX:+UseParallelGC -XX:TieredStopAtLevel=4"),
              arguments.toArray(String[]::new));
      List<String> given = finish(started).out.lines().filter(o -> o.startsWith("-XX:")).toList();

      assertTrue(given.size() > 2, given::toString);
      assertEquals(
          List.of("-XX:+UseParallelGC", "-XX:TieredStopAtLevel=4"),
          given.subList(given.size() - 2, given.size()));
      assertEquals(1, given.stream().filter(o -> o.endsWith("GC")).count(), "Java takes one");
    }
  }

  /** Java would warn of the module, and the vectors' loops are not there to be compiled. */
  @Test
  void onlyTheVersionAloneIsSaidByAJavaForShortRuns() throws Exception {
    launch(home.resolve("aparanet")); // so that it is built
    for (String version : List.of("--version", "-V")) {
      List<String> options = launch(home.resolve("aparanet"), version).out.lines().toList();
      assertTrue(options.contains("-XX:+UseSerialGC"), options::toString);
      assertFalse(options.contains("jdk.incubator.vector"), options::toString);
      assertEquals(version, options.get(options.size() - 1));
    }
    for (String[] other : new String[][] {{}, {"train"}, {"train", "--version"}}) {
      List<String> options = launch(home.resolve("aparanet"), other).out.lines().toList();
      assertTrue(options.contains("-XX:+UseG1GC"), options::toString);
      assertTrue(options.contains("-XX:Tier4BackEdgeThreshold=400000"), options::toString);
      assertTrue(options.contains("jdk.incubator.vector"), options::toString);
      assertTrue(options.contains("-XX:CompileCommand=quiet"), options::toString);
      assertTrue(options.contains(VECTOR_LOOPS_FIRST), options::toString);
      assertFalse(options.contains(COMPILER_THREADS), "how many cores there are is unknown");
    }
  }

  @Test
  void fewCoresGetAsManyCompilerThreadsAsMore() throws Exception {
    launch(home.resolve("aparanet")); // so that it is built
    for (int cores : new int[] {1, 2, 4, 5, 64}) {
      script(tools.resolve("getconf"), "echo " + cores + "\n");
      List<String> options = launch(home.resolve("aparanet"), "train").out.lines().toList();
      assertEquals(cores <= 4, options.contains(COMPILER_THREADS), options::toString);
    }
  }

  @Test
  void buildsWithTheWrapperWhereMavenIsMissing() throws Exception {
    Files.delete(tools.resolve("mvn"));
    script(home.resolve("mvnw"), MAVEN.formatted(builds));

    Run run = launch(home.resolve("aparanet"));

    assertEquals(0, run.status, run.err);
    assertEquals(
        List.of(
            "aparanet: building (only the first time, and when the sources have changed)",
            "aparanet: there is no mvn, so mvnw fetches Maven from Maven Central, unless it has"
                + " before"),
        run.err.lines().toList());
    assertEquals(
        List.of("--version", "-q -B -DskipTests package"), Files.readAllLines(builds), run.err);
  }

  @Test
  void whereMavenCannotBeFetchedItSaysWhatToDo() throws Exception {
    Files.delete(tools.resolve("mvn"));
    script(home.resolve("mvnw"), "echo 'wget: Failed to fetch it'; exit 1");

    assertFails(
        "aparanet: there is no mvn, and mvnw cannot fetch it (its messages are above); install"
            + " Maven 3.8 or newer, or connect to the network");
    assertTrue(launch(home.resolve("aparanet")).err.contains("wget: Failed to fetch it\n"));
    assertFalse(Files.exists(home.resolve("target/.build-lock")));
  }

  /** The sum of its zip; where there is no unzip, mvnw takes another file, and that one's sum. */
  @Test
  void theWrapperHoldsBothOfMavensArchivesAgainstASum() throws IOException {
    List<String> properties = Files.readAllLines(Path.of(".mvn/wrapper/maven-wrapper.properties"));
    for (String sum : List.of("distributionSha256Sum", "distributionTarGzSha256Sum")) {
      assertTrue(
          properties.stream().anyMatch(line -> line.matches(sum + "=[0-9a-f]{64}")),
          properties::toString);
      assertTrue(Files.readString(Path.of("mvnw")).contains("  " + sum + ") "), sum);
    }
  }

  /** As the zip has it, which may lie where nothing can be written. */
  @Test
  void whereThereAreNoSourcesNothingIsBuilt() throws Exception {
    Files.delete(home.resolve("pom.xml"));
    Files.delete(home.resolve("src/main"));
    Files.delete(home.resolve("src"));
    Path lib = home.toRealPath().resolve("lib");
    assertFails(
        "aparanet: there is neither "
            + home.toRealPath().resolve("pom.xml")
            + " nor "
            + lib.resolve("aparanet.jar")
            + "; unpack aparanet again, with all its folders");

    Files.writeString(Files.createDirectory(lib).resolve("aparanet.jar"), "jar");
    Run run = launch(home.resolve("aparanet"), "devices");

    assertEquals(0, run.status, run.err);
    assertEquals("", run.err);
    assertTrue(run.out.contains("\n" + lib.resolve("aparanet.jar") + ":" + lib + "/*\n"), run.out);
    assertEquals(List.of("aparanet", "lib"), names(home));
    assertEquals(0, builds());
  }

  @Test
  void buildsAgainOnlyWhenASourceIsNewer() throws Exception {
    launch(home.resolve("aparanet"));
    Run second = launch(home.resolve("aparanet"));
    assertEquals("", second.err);
    assertEquals(1, builds());

    Path source = Files.writeString(home.resolve("src/main/Source.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    launch(home.resolve("aparanet"));

    assertEquals(2, builds());
  }

  @Test
  void buildsAgainWhereTheBuildItselfHasChangedOrItsLibrariesAreGone() throws Exception {
    launch(home.resolve("aparanet"));
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));

    Files.createDirectories(home.resolve("src/test"));
    Files.setLastModifiedTime(Files.writeString(home.resolve("src/test/Test.java"), ""), later);
    launch(home.resolve("aparanet"));
    assertEquals(1, builds(), "tests are not in the program");

    Files.delete(home.resolve("target/lib"));
    launch(home.resolve("aparanet"));
    assertEquals(2, builds(), "without libraries");

    Files.setLastModifiedTime(home.resolve("pom.xml"), later);
    launch(home.resolve("aparanet"));
    assertEquals(3, builds(), "a newer pom.xml");
  }

  @Test
  void whatChangesDuringABuildIsBuiltNextTime() throws Exception {
    script(
        tools.resolve("mvn"),
        "sleep 0.1\necho >src/main/During.java\nsleep 0.1\n" + MAVEN.formatted(builds));
    launch(home.resolve("aparanet"));
    script(tools.resolve("mvn"), MAVEN.formatted(builds));

    launch(home.resolve("aparanet"));
    launch(home.resolve("aparanet"));

    assertEquals(2, builds());
  }

  /** Java cannot ask by itself; script gives the launcher a terminal. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "script takes other options elsewhere")
  void tellsJavaWhatIsATerminal() throws Exception {
    Path out = folder.resolve("out");
    String error = "-Daparanet.terminal=yes";
    String output = "-Daparanet.terminal.output=yes";
    launch(home.resolve("aparanet")); // so that it is built

    assertEquals(List.of(), terminals(launch(home.resolve("aparanet")).out));
    assertEquals(List.of(output, error), terminals(onTerminal("")));
    assertEquals(List.of(output), terminals(onTerminal(" 2>" + out)));
    onTerminal(" >" + out);
    assertEquals(List.of(error), terminals(Files.readString(out)));
  }

  private String onTerminal(String redirection) throws Exception {
    script(folder.resolve("command"), "exec '" + home.resolve("aparanet") + "'" + redirection);
    ProcessBuilder builder =
        new ProcessBuilder(
                whichever("script").toString(),
                "-qec",
                folder.resolve("command").toString(),
                "/dev/null")
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true);
    builder.environment().clear(); // a JAVA_HOME would lead to a real Java
    builder.environment().putAll(Map.of("PATH", tools.toString(), "TERM", "xterm"));
    Run run = finish(builder.start());
    assertEquals(0, run.status, run.out);
    return run.out;
  }

  private static List<String> terminals(String arguments) {
    return arguments
        .lines()
        .map(String::strip)
        .filter(argument -> argument.contains("terminal"))
        .sorted()
        .toList();
  }

  @Test
  void worksThroughSymlinksFromAnotherFolder() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path absolute = Files.createSymbolicLink(bin.resolve("first"), home.resolve("aparanet"));
    Path relative = Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));

    for (Path link : List.of(absolute, relative)) {
      Run run = launch(link, "devices");
      assertEquals(0, run.status, run.err);
      assertTrue(run.out.contains("-Daparanet.home=" + home.toRealPath()), run.out);
    }
  }

  @Test
  void givesNativeAccessWhereTheJdkAsksForIt() throws Exception {
    script(tools.resolve("java"), java("25"));

    Run run = launch(home.resolve("aparanet"));

    assertTrue(run.out.contains("--enable-native-access=ALL-UNNAMED"), run.out + run.err);
  }

  @Test
  void takesTheJavaOfJavaHomeAndTheUsersOptions() throws Exception {
    Path jdk = Files.createDirectories(folder.resolve("my jdk/bin"));
    script(jdk.resolve("java"), java("21.0.1"));
    script(tools.resolve("java"), "exit 9");

    Run run =
        launch(
            home.resolve("aparanet"),
            Map.of(
                "JAVA_HOME", jdk.getParent().toString(), "APARANET_JAVA_OPTIONS", "-Xmx1g -Xss2m"));

    assertEquals(0, run.status, run.err);
    assertTrue(run.out.lines().toList().containsAll(List.of("-Xmx1g", "-Xss2m")), run.out);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the library has this name on Linux")
  void keepsJavasSignalHandlersInFront() throws Exception {
    Path jdk = Files.createDirectories(folder.resolve("jdk"));
    script(Files.createDirectories(jdk.resolve("bin")).resolve("java"), java("no version"));
    Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.1\"\n");
    Path library = Files.createDirectories(jdk.resolve("lib")).resolve("libjsig.so");
    Files.createSymbolicLink(library, Path.of(System.getProperty("java.home"), "lib/libjsig.so"));
    // as Debian has it: a link to a link to the JDK's java
    Files.delete(tools.resolve("java"));
    Path link = Files.createSymbolicLink(folder.resolve("alternative"), jdk.resolve("bin/java"));
    Files.createSymbolicLink(tools.resolve("java"), link);

    Run run = launch(home.resolve("aparanet"));
    assertTrue(run.out.contains("LD_PRELOAD=" + library + "\n"), run.out + run.err);
    assertTrue(run.out.contains("--enable-native-access=ALL-UNNAMED"), run.out);

    Run beside =
        launch(home.resolve("aparanet"), Map.of("LD_PRELOAD", library.resolveSibling("x.so") + ""));
    assertTrue(
        beside.out.contains("LD_PRELOAD=" + library + ":" + jdk.resolve("lib/x.so") + "\n"),
        beside.out);
  }

  @Test
  void whatIsMissingIsSaidInOneSentence() throws Exception {
    Files.delete(tools.resolve("mvn"));
    assertFails(
        "aparanet: there is neither mvn nor "
            + home.toRealPath().resolve("mvnw")
            + "; install Maven 3.8 or newer to build aparanet");

    script(tools.resolve("java"), java("11.0.2"));
    assertFails("aparanet: " + tools.resolve("java") + " is version 11; 17 or newer is needed");

    Files.delete(tools.resolve("java"));
    assertFails("aparanet: there is no java; install a JDK 17 or newer, or set JAVA_HOME");

    Run run = launch(home.resolve("aparanet"), Map.of("JAVA_HOME", "/no such jdk"));
    assertEquals(
        "aparanet: there is no /no such jdk/bin/java; JAVA_HOME must be the folder of a JDK 17 or"
            + " newer",
        run.err.strip());
  }

  @Test
  void saysWhyJavaCouldNotStart() throws Exception {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    String launcher = "'" + home.resolve("aparanet") + "'";
    Run away =
        shell("cd '" + gone + "' && " + whichever("rmdir") + " '" + gone + "' && " + launcher);
    assertEquals(1, away.status);
    assertTrue(
        away.err.endsWith(
            "aparanet: the current folder is not there any more; change to another one\n"),
        away.err);
    Run few = shell("ulimit -n 20 && " + launcher);
    assertEquals(1, few.status);
    assertEquals(
        "aparanet: only 20 files may be open at a time (ulimit -n); Java needs at least 32\n",
        few.err);
  }

  private Run shell(String command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    return finish(builder.start());
  }

  @Test
  void aFailedBuildShowsItsMessagesAndLeavesNoLock() throws Exception {
    script(tools.resolve("mvn"), "echo 'COMPILATION ERROR'; exit 1");

    Run run = launch(home.resolve("aparanet"));

    assertEquals(1, run.status);
    assertTrue(run.err.contains("COMPILATION ERROR"), run.err);
    assertTrue(run.err.strip().endsWith("the build failed; its messages are above"), run.err);
    assertFalse(Files.exists(home.resolve("target/.build-lock")));
  }

  @Test
  void aSignalEndsABuildAtOnce() throws Exception {
    Path ended = folder.resolve("ended");
    script(
        tools.resolve("mvn"),
        "trap 'echo >\""
            + ended
            + "\"; exit 1' TERM; i=0; while [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done");
    Process process = start(home.resolve("aparanet"), Map.of());
    Path lock = home.resolve("target/.build-lock");
    while (!Files.exists(lock.resolve("log"))) {
      Thread.sleep(20);
    }
    Thread.sleep(300); // for Maven to begin
    process.destroy();

    assertTrue(process.waitFor(5, TimeUnit.SECONDS), "it waits for the build");
    assertEquals(143, process.exitValue());
    assertFalse(Files.exists(lock));
    for (int i = 0; i < 250 && !Files.exists(ended); i++) {
      Thread.sleep(20);
    }
    assertTrue(Files.exists(ended), "Maven goes on");
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    script(tools.resolve("mvn"), "sleep 1\n" + MAVEN.formatted(builds));
    Process first = start(home.resolve("aparanet"), Map.of());
    Process second = start(home.resolve("aparanet"), Map.of());

    assertEquals(0, finish(first).status);
    assertEquals(0, finish(second).status);
    assertEquals(1, builds());
  }

  @Test
  void aLockWhoseOwnerIsGoneIsTakenOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    lock("owner.1", gone.pid() + " 4711\n");

    assertBuilds(2);
  }

  @Test
  void aLockWhoseOwnersNumberIsAnotherProcessNowIsTakenOver() throws Exception {
    lock("owner.1", ProcessHandle.current().pid() + " long ago\n");

    assertBuilds(2);
  }

  /** Its owner was killed before it could sign, or signed it in another way. */
  @Test
  void aLockThatNobodySignsIsTakenOverAfterSeconds() throws Exception {
    lock("owner", ProcessHandle.current().pid() + "\n");

    Run run = assertBuilds(10);
    assertTrue(
        run.err.startsWith(
            "aparanet: waiting for the owner of folder "
                + home.toRealPath().resolve("target/.build-lock")),
        run.err);
  }

  @Test
  void whoWaitsSaysForWhom() throws Exception {
    script(tools.resolve("mvn"), "sleep 3\n" + MAVEN.formatted(builds));
    Process first = start(home.resolve("aparanet"), Map.of());
    Path lock = home.resolve("target/.build-lock/owner.1");
    while (!Files.exists(lock) || Files.size(lock) == 0) {
      assertTrue(first.isAlive());
      Thread.sleep(10);
    }
    Run second = launch(home.resolve("aparanet"));

    assertEquals(
        "aparanet: waiting for process " + first.pid() + ", which is building aparanet",
        second.err.strip());
    assertEquals(0, second.status);
    assertEquals(0, finish(first).status);
    assertEquals(1, builds());
  }

  @Test
  void manyAtOnceTakeOverALockAndBuildOnce() throws Exception {
    for (int round = 1; round <= 3; round++) {
      Files.deleteIfExists(home.resolve("target/aparanet.jar"));
      lock("owner.1", "999999999 long ago\n");
      List<Process> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        all.add(start(home.resolve("aparanet"), Map.of()));
      }
      for (Process one : all) {
        assertEquals(0, finish(one).status);
      }
      assertEquals(round, builds());
      assertEquals(List.of("aparanet.jar", "lib"), names(home.resolve("target")));
    }
  }

  private void lock(String owner, String text) throws IOException {
    Path lock = Files.createDirectories(home.resolve("target/.build-lock"));
    Files.writeString(lock.resolve(owner), text);
  }

  private Run assertBuilds(int withinSeconds) throws Exception {
    long start = System.nanoTime();
    Run run = launch(home.resolve("aparanet"));
    double seconds = (System.nanoTime() - start) / 1e9 - 1; // the build takes one
    assertEquals(0, run.status, run.err);
    assertEquals(1, builds());
    assertEquals(List.of("aparanet.jar", "lib"), names(home.resolve("target")));
    assertTrue(seconds < withinSeconds, "after " + seconds + " s");
    return run;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> "" + file.getFileName()).sorted().toList();
    }
  }

  @Test
  void javaGetsALocaleThatHasMoreThanAscii() throws Exception {
    script(
        tools.resolve("locale"),
        """
        case $1 in
          -a) printf '%s\\n' C POSIX de_DE.iso88591 en_US.utf8 ;;
          *) case ${LC_ALL:-$LANG} in
            de_DE.UTF-8) echo UTF-8 ;;
            de_DE) echo ISO-8859-1 ;;
            *) echo ANSI_X3.4-1968 ;;
          esac ;;
        esac
        """);
    Map<String, String> expected =
        Map.of(
            "", "LC_ALL=en_US.utf8",
            "C", "LC_ALL=en_US.utf8",
            "fr_FR.UTF-8", "LC_ALL=en_US.utf8", // named, but not installed
            "de_DE.UTF-8", "LC_ALL=",
            "de_DE", "LC_ALL=",
            "C.UTF-8", "LC_ALL=");
    for (Map.Entry<String, String> locale : expected.entrySet()) {
      Run run = launch(home.resolve("aparanet"), Map.of("LANG", locale.getKey()));
      assertEquals(locale.getValue(), run.out.lines().findFirst().orElseThrow(), locale.getKey());
    }

    Files.delete(tools.resolve("locale"));
    assertEquals(
        "LC_ALL=C.UTF-8", launch(home.resolve("aparanet")).out.lines().findFirst().orElseThrow());
  }

  @Test
  void aFolderThatJavaCannotReadFromIsRefused() throws Exception {
    Path colon = Files.createDirectories(folder.resolve("a:b"));
    Files.copy(home.resolve("aparanet"), colon.resolve("aparanet"));
    Run run = launch(colon.resolve("aparanet"));
    assertEquals(1, run.status);
    assertEquals(
        "aparanet: folder "
            + colon.toRealPath()
            + " has a colon in its name, at which Java's class path ends; rename it",
        run.err.strip());

    Path byteName = Path.of(java.net.URI.create(folder.toRealPath().toUri() + "%FF"));
    Files.createDirectories(byteName);
    Files.copy(home.resolve("aparanet"), byteName.resolve("aparanet"));
    script(
        tools.resolve("in-it"), "cd " + folder.toRealPath() + "/$(printf '\\377') && ./aparanet");
    Run notUtf8 = launch(tools.resolve("in-it"));
    assertEquals(1, notUtf8.status);
    assertTrue(notUtf8.err.strip().endsWith(" which Java cannot read; rename it"), notUtf8.err);
  }

  private void assertFails(String sentence) throws Exception {
    Run run = launch(home.resolve("aparanet"));
    assertEquals(1, run.status);
    assertEquals("", run.out);
    assertEquals(sentence, run.err.lines().reduce((a, b) -> b).orElse(""));
  }

  private int builds() throws IOException {
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  private Run launch(Path script, String... arguments) throws Exception {
    return finish(start(script, Map.of(), arguments));
  }

  private Run launch(Path script, Map<String, String> environment) throws Exception {
    return finish(start(script, environment));
  }

  private Process start(Path script, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Run finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Run(process.exitValue(), out, err);
  }

  /** A java that has a version and a compiler, and prints its arguments one by line. */
  private static String java(String version) {
    return """
        case $1 in
          -version) echo 'openjdk version "%s" 2025-04-15' >&2 ;;
          --list-modules) echo 'jdk.compiler@17' ;;
          *)
            echo "LC_ALL=$LC_ALL"
            echo "LD_PRELOAD=$LD_PRELOAD"
            for argument; do echo "$argument"; done
            ;;
        esac
        """
        .formatted(version);
  }

  private static void script(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path whichever(String tool) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      Path candidate = Path.of(folder, tool);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new AssertionError("this system has no " + tool);
  }

  private record Run(int status, String out, String err) {}
}
