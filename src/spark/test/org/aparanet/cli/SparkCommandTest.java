package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program for {@code spark-submit}, which sets Spark's configuration as properties. */
class SparkCommandTest {
  private static final String SEE = " (see spark-submit ... aparanet.jar --help)\n";
  private static final Map<String, String> SUBMITTED =
      new TreeMap<>(
          Map.of(
              "spark.master", "local[2]",
              "spark.ui.enabled", "false",
              "spark.driver.host", "127.0.0.1",
              "spark.driver.bindAddress", "127.0.0.1",
              "spark.log.level", "OFF"));

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void submit() {
    SUBMITTED.forEach(System::setProperty);
  }

  @AfterEach
  void forget() {
    SUBMITTED.keySet().forEach(System::clearProperty);
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return SparkCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private void refused(int status, String sentence, String... arguments) {
    assertEquals(status, run(arguments), err::toString);
    String text = err.toString();
    String last = text.substring(text.lastIndexOf("aparanet: "));
    assertEquals("aparanet: " + sentence + (status == 2 ? SEE : "\n"), last);
  }

  @Test
  void wrongUsageIsSaidInASentence() {
    refused(
        2,
        "option --shares is missing: how many shares a batch has, best one for each executor",
        "--network",
        "lenet");
    for (String count : new String[] {"1", "0", "-1", "1025", "abc", "1:1"}) {
      refused(
          2,
          "option --shares: \""
              + count
              + "\" is not allowed; it takes a whole number from 2 to 1024",
          "--shares",
          count);
    }
    for (String device : new String[] {"all", "cpu,cpu"}) {
      refused(
          2,
          "option --device: \""
              + device
              + "\" is not allowed; it takes auto, gpu, cpu or opencl:N; each executor trains on one",
          "--shares",
          "2",
          "--device",
          device);
    }
    refused(
        2,
        "option --device: \"fridge\" is not allowed; it takes auto, gpu, cpu or opencl:N",
        "--shares",
        "2",
        "--device",
        "fridge");
    refused(
        2,
        "there is no option --learnin-rate; did you mean --learning-rate?",
        "--shares",
        "2",
        "--learnin-rate",
        "1");
  }

  @Test
  void whatDoesNotSuitIsSaidInASentence() {
    refused(
        2,
        "option --batch: 8 is less than an image for each of 100 shares",
        "--shares",
        "100",
        "--batch",
        "8",
        "--limit",
        "100");
    refused(
        1,
        "option --input: 3x32x32 is for a folder of image files; the images of mnist train have"
            + " 1x28x28",
        "--shares",
        "2",
        "--input",
        "3x32x32");
    assertEquals(1, run("--shares", "2", "--device", "opencl:99", "--limit", "64"));
    assertTrue(
        err.toString().contains("\naparanet: there is no device opencl:99: "), err::toString);
  }

  @Test
  void whatWasLearnedBeforeAFailureIsKept() {
    Path model = folder.resolve("model.safetensors");

    assertEquals(
        1,
        run(
            "--shares",
            "2",
            "--limit",
            "64",
            "--batch",
            "8",
            "--learning-rate",
            "1e30",
            "--device",
            "cpu",
            "--output",
            model.toString()));

    assertTrue(err.toString().contains("the loss is no longer finite at step 2"), err::toString);
    assertTrue(err.toString().contains("nothing learned before that was kept"), err::toString);
  }

  @Test
  void trainsWritesAndResumes() {
    Path model = folder.resolve("model.safetensors");
    Path run = folder.resolve("run");
    Path history = folder.resolve("history.jsonl");

    int status =
        run(
            "--shares",
            "2",
            "--limit",
            "300",
            "--batch",
            "50",
            "--epochs",
            "2",
            "--round",
            "2",
            "--device",
            "cpu",
            "--checkpoint",
            run.toString(),
            "--output",
            model.toString(),
            "--history",
            history.toString());

    assertEquals(0, status, err::toString);
    assertTrue(
        out.toString()
            .matches("test accuracy [0-9.]+ % \\([0-9]+ of 10000\\), .* on cpu \\(.*\\)\n"),
        out::toString);
    assertTrue(Files.exists(model) && Files.exists(history));
    String result = out.toString().replaceAll(", .*", "");

    refused(
        1,
        "folder " + run + " holds checkpoints of a training; resume it, or name another folder",
        "--shares",
        "2",
        "--checkpoint",
        run.toString());
    assertEquals(0, run("--resume", run.toString()), err::toString);
    assertEquals(result, out.toString().replaceAll(", .*", ""));
    assertEquals(2, run("--resume", run.toString(), "--epochs", "3"));
    assertTrue(
        err.toString().startsWith("aparanet: option --epochs cannot stand beside --resume"),
        err::toString);
  }

  @Test
  @Timeout(120)
  void aContextThatIsStoppedEndsTheTrainingWithASentence() throws Exception {
    Path run = folder.resolve("run");
    Thread stop =
        new Thread(
            () -> {
              String[] files = run.toFile().list();
              while (files == null
                  || Stream.of(files).noneMatch(file -> file.startsWith("step-"))) {
                LockSupport.parkNanos(10_000_000);
                files = run.toFile().list();
              }
              SparkContext.getOrCreate().stop();
            });
    stop.setDaemon(true);
    stop.start();

    refused(
        1,
        "Spark was stopped before the training ended; --resume "
            + run
            + " goes on from its last checkpoint, if it has one",
        "--shares",
        "2",
        "--device",
        "cpu",
        "--epochs",
        "1000",
        "--checkpoint",
        run.toString(),
        "--checkpoint-every",
        "1");
    stop.join();
  }
}
