package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aparanet.model.ModelFile;
import org.aparanet.train.checkpoint.CheckpointFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The option {@code --watch} of the command line, without a browser. */
@Timeout(180)
class WatchOptionTest {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+/");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "x", "", "80.5"})
  void aPortThatIsNoneIsRefused(String port) throws IOException {
    StringWriter err = new StringWriter();

    int status = run(err, "--watch=" + port);

    assertEquals(2, status);
    assertTrue(err.toString().startsWith("aparanet: option --watch"), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertNothingIsThere();
  }

  @Test
  void aPortInUseIsToldBeforeAnythingIsTrained() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      StringWriter err = new StringWriter();

      int status = run(err, "--watch", "" + other.getLocalPort());

      assertEquals(1, status);
      assertEquals(
          "aparanet: option --watch: port "
              + other.getLocalPort()
              + " is in use; give another one, or 0 for one that is free\n",
          err.toString().replace("\r\n", "\n"));
      assertNothingIsThere();
    }
  }

  /** As by Ctrl-C, but with the model: and its checkpoints can be resumed, watched again. */
  @Test
  void aStoppedTrainingIsWrittenAndCanBeResumed() throws Exception {
    Path model = folder.resolve("model.safetensors");
    Path checkpoints = folder.resolve("checkpoints");
    String step;
    try (RunningCommand run =
        command("first", "--checkpoint", checkpoints.toString(), "--output", model.toString())) {
      run.await("watch the training at ");
      run.await("epoch 1/");
      post(run, "pause");
      post(run, "stop");
      run.await("the page stays at ");
      assertTrue(run.output().contains("wrote " + model), run.output());
      assertTrue(run.output().contains("test accuracy"), run.output());
      post(run, "end");
      assertEquals(0, run.status());
      long kept = CheckpointFolder.newest(checkpoints, damaged -> {}).snapshot().position().step();
      step = "going on after step " + kept + " ";
      assertTrue(kept > 0);
    }
    assertTrue(ModelFile.load(model).network().parameterCount() > 0);
    try (RunningCommand again =
        new RunningCommand(
            Files.createDirectory(folder.resolve("again")),
            Map.of(),
            "train",
            "--resume",
            checkpoints.toString(),
            "--watch",
            "0")) {
      again.await(step);
      again.await("watch the training at ");
      post(again, "stop");
      again.await("the page stays at ");
      again.signal("INT");
      assertEquals(130, again.status());
    }
  }

  /** The files are others' again while the page stays. */
  @Test
  void aPageThatStaysHoldsNoFiles() throws Exception {
    Path model = folder.resolve("model.safetensors");
    try (RunningCommand run = command("run", "--output", model.toString())) {
      run.await("watch the training at ");
      post(run, "stop");
      run.await("the page stays at ");
      StringWriter err = new StringWriter();
      String[] options = {
        "train",
        "--network",
        "pool 4, dense 10",
        "--limit",
        "100",
        "--epochs",
        "1",
        "--device",
        "cpu",
        "--output",
        model.toString()
      };

      assertEquals(0, Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), options));
      post(run, "end");
      assertEquals(0, run.status());
    }
  }

  /** Its page has the sentence; nobody has to end a program that has failed. */
  @Test
  void aTrainingThatFailsEndsTheProgram() throws Exception {
    try (RunningCommand run = command("run", "--learning-rate", "3e38")) {
      assertEquals(1, run.status());
      assertTrue(run.output().contains("no longer finite"), run.output());
      assertFalse(run.output().contains("the page stays"), run.output());
    }
  }

  private RunningCommand command(String name, String... options) throws IOException {
    List<String> fixed =
        List.of(
            "train",
            "--network",
            "pool 4, dense 10",
            "--limit",
            "2000",
            "--epochs",
            "1000000",
            "--device",
            "cpu",
            "--watch",
            "0");
    return new RunningCommand(
        Files.createDirectory(folder.resolve(name)),
        Map.of(),
        Stream.concat(fixed.stream(), Stream.of(options)).toArray(String[]::new));
  }

  private static void post(RunningCommand run, String command) throws Exception {
    Matcher matcher = ADDRESS.matcher(run.output());
    assertTrue(matcher.find(), run.output());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(matcher.group() + command))
            .POST(BodyPublishers.noBody())
            .build();
    assertEquals(
        204, HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode());
  }

  private int run(StringWriter err, String... watch) {
    List<String> fixed =
        List.of(
            "train",
            "--output",
            folder.resolve("model.safetensors").toString(),
            "--history",
            folder.resolve("history.jsonl").toString(),
            "--checkpoint",
            folder.resolve("checkpoints").toString());
    PrintWriter errors = new PrintWriter(err);
    return Main.run(
        new PrintWriter(new StringWriter()),
        errors,
        Stream.concat(fixed.stream(), Stream.of(watch)).toArray(String[]::new));
  }

  private void assertNothingIsThere() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
