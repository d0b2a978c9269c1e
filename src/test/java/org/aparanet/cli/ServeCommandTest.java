package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aparanet.ChildJvm;
import org.aparanet.serve.RawRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What serve says, and how it ends; what it serves is tested with the server. */
class ServeCommandTest {
  @TempDir Path folder;

  private Path model;

  @BeforeEach
  void makeModel() {
    model = SmallModel.write(folder.resolve("model"));
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertFails(
          1,
          "option --port: port "
              + port
              + " of 127.0.0.1 is in use; give another one, or 0 for one that is free",
          model,
          "--port",
          port);
    }
  }

  @Test
  void anotherMachinesAddressIsRefused() {
    CommandRun run = serve(model, "--host", "192.0.2.1", "--port", 0);

    assertEquals(1, run.status());
    assertTrue(
        lastLine(run.err())
            .startsWith(
                "aparanet: options --host and --port: this machine cannot listen on port 0 of"
                    + " 192.0.2.1: "),
        run.err());
  }

  @Test
  void aHostThatThereIsNotIsRefused() {
    assertFails(
        1,
        "option --host: there is no host no.such.host.invalid; it takes an address of this machine,"
            + " such as 127.0.0.1",
        model,
        "--host",
        "no.such.host.invalid");
    assertFails(
        1,
        "option --host: there is no host \"\"; it takes an address of this machine, such as"
            + " 127.0.0.1",
        model,
        "--host",
        "");
  }

  @ParameterizedTest
  @CsvSource({"-1", "65536", "http", "''"})
  void portsThatThereAreNotAreRefused(String port) {
    assertFails(
        2,
        "option --port: \""
            + port
            + "\" is not allowed; it takes a whole number from 0 to 65535 (see aparanet serve"
            + " --help)",
        model,
        "--port=" + port);
  }

  @Test
  void aModelThatIsMissingIsNamed() {
    Path missing = folder.resolve("missing");

    assertFails(1, missing + ": there is no such file", missing);
    assertFails(2, "argument MODEL is missing (see aparanet serve --help)");
  }

  @Test
  void aDataSetThatDoesNotSuitTheModelIsRefusedIfItWasAskedFor() {
    CommandRun run = serve(model, "--data", "mnist", "--port", 0);

    assertEquals(1, run.status());
    assertTrue(lastLine(run.err()).contains("1x28x28"), run.err());
  }

  /** The address is all that the standard output has, so that a script can read it. */
  @Test
  void theAddressIsPrintedOnALineOfItsOwn() throws Exception {
    try (RunningCommand run = start("--host", "localhost")) {
      int port = awaitPort(run, "localhost");

      String answer =
          RawRequest.send(
              port,
              "GET /healthz HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n\r\n");
      assertTrue(answer.endsWith("\r\n\r\nok\n"), answer);
      assertTrue(run.output().contains("no test images to look at: "), run.output());
      assertTrue(run.output().contains("serving model on cpu (Java engine)"), run.output());
    }
  }

  /** So that a script can read it. */
  @Test
  void theStandardOutputHasTheAddressAlone() throws Exception {
    Process process =
        new ProcessBuilder(
                ChildJvm.command(
                    List.of("-Daparanet.home=" + Path.of("").toAbsolutePath()),
                    Main.class.getName(),
                    List.of("serve", model.toString(), "--port", "0", "--device", "cpu")))
            .redirectError(folder.resolve("notes.txt").toFile())
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String address = out.readLine();
      assertTrue(address.matches("http://127\\.0\\.0\\.1:[0-9]+/"), address);
      process.toHandle().destroy(); // the process's own destroy would close its streams
      assertNull(out.readLine());
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
  void aSignalEndsIt(String signal, int status) throws Exception {
    try (RunningCommand run = start()) {
      awaitPort(run, "127.0.0.1");
      run.signal(signal);

      assertEquals(status, run.status(), run.output());
      assertEquals(List.of(), names(folder.resolve("tmp")));
      assertTrue(run.output().lines().noneMatch(line -> line.contains("Exception")), run.output());
    }
  }

  private RunningCommand start(String... options) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("serve", model.toString(), "--port", "0", "--device", "cpu"));
    all.addAll(List.of(options));
    return new RunningCommand(folder, Map.of(), all.toArray(String[]::new));
  }

  private static int awaitPort(RunningCommand run, String host) throws Exception {
    run.await("http://" + host + ":");
    Matcher line = Pattern.compile("(?m)^http://" + host + ":(\\d+)/$").matcher(run.output());
    assertTrue(line.find(), run.output());
    return Integer.parseInt(line.group(1));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void assertFails(int status, String sentence, Object... arguments) {
    CommandRun run = serve(arguments);

    assertEquals("aparanet: " + sentence, lastLine(run.err()));
    assertEquals(status, run.status());
    assertEquals("", run.out());
  }

  private static String lastLine(String text) {
    return text.lines().reduce("", (before, line) -> line);
  }

  private static CommandRun serve(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("serve"));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray());
  }
}
