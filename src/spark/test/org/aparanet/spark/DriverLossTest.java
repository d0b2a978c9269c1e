package org.aparanet.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.aparanet.Training;
import org.aparanet.data.DataSets;
import org.aparanet.train.MismatchException;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.checkpoint.CheckpointFolder;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that is killed: its training goes on from the checkpoints. */
class DriverLossTest {
  @TempDir Path folder;

  static Training training() {
    return Runs.digits().epochs(30).validation(0.1);
  }

  @Test
  void aKilledDriversTrainingGoesOnFromItsCheckpointWithTheSameResult() throws Exception {
    Path checkpoints = folder.resolve("run");
    killAfterSomeSteps(checkpoints);
    Path copy = folder.resolve("copy");
    copy(checkpoints, copy);
    long step = CheckpointFolder.newest(copy, damaged -> {}).snapshot().position().step();
    assertTrue(step > 0 && step < 190, "killed after step " + step);
    TrainingResult expected = Runs.inProcess(training(), 2, Runs.mnist());

    Training.Result alone =
        Training.resume(copy).devices("cpu", "cpu").run(DataSets.open("mnist", Runs.DATA));

    requireSame(expected, alone);
    try (JavaSparkContext context = Clusters.threads(2)) {
      Training.Result onSpark =
          SparkTraining.on(context, Training.resume(checkpoints).settings())
              .resume(checkpoints)
              .run();

      requireSame(expected, onSpark);
    }
  }

  private static void requireSame(TrainingResult expected, Training.Result result) {
    assertArrayEquals(expected.parameters(), result.model().parameters());
    assertEquals(expected.test(), result.accuracy());
    assertEquals(
        expected.best().orElseThrow().score(), result.training().best().orElseThrow().score());
  }

  private void killAfterSomeSteps(Path checkpoints) throws Exception {
    Path log = folder.resolve("driver.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("spark.test.jvm").split(" ")));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            DriverProgram.class.getName(),
            checkpoints.toString()));
    Process driver =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    List<ProcessHandle> executors;
    try {
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
      while (!hasSteps(checkpoints, 20) && driver.isAlive() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      executors = driver.descendants().toList();
      assertTrue(hasSteps(checkpoints, 20), () -> text(log));
    } finally {
      driver.destroyForcibly().waitFor();
    }
    assertFalse(executors.isEmpty());
    for (ProcessHandle executor : executors) {
      executor.onExit().get(1, TimeUnit.MINUTES); // they notice that the driver is gone
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean hasSteps(Path checkpoints, long steps) {
    return CheckpointFolder.holdsSome(checkpoints)
        && CheckpointFolder.newest(checkpoints, damaged -> {}).snapshot().position().step()
            >= steps;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** Its shares see other images. */
  @Test
  void aTrainingOfOneMachineIsNotGoneOnWith() {
    Path checkpoints = folder.resolve("run");
    Training.network("dense 10")
        .limit(40)
        .epochs(1)
        .devices("cpu", "cpu")
        .checkpoints(checkpoints)
        .run(Runs.mnist());
    try (JavaSparkContext context = Clusters.threads(2)) {
      MismatchException refused =
          Assertions.assertThrows(
              MismatchException.class,
              () ->
                  SparkTraining.on(context, Training.network("dense 10"))
                      .resume(checkpoints)
                      .run());

      assertEquals(
          "the checkpoints are of a training on one machine, whose shares are not of shards of"
              + " their own; resume it there",
          refused.getMessage());
    }
  }
}
