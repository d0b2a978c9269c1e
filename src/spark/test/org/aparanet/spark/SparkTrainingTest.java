package org.aparanet.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.data.format.DataException;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on threads of this process. */
class SparkTrainingTest {
  private static JavaSparkContext context;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    context = Clusters.threads(2);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  private static void requireSame(TrainingResult expected, Training.Result result) {
    assertArrayEquals(expected.parameters(), result.model().parameters());
    assertEquals(expected.test(), result.accuracy());
  }

  @Test
  void theResultIsThatOfOneProcessToTheBit() {
    requireSame(
        Runs.inProcess(Runs.digits(), 3, Runs.mnist()), Runs.onSpark(context, Runs.digits(), 3));
  }

  @Test
  void manySharesAreAddedInGroupsWithTheSameResult() {
    requireSame(
        Runs.inProcess(Runs.digits(), 20, Runs.mnist()), Runs.onSpark(context, Runs.digits(), 20));
  }

  @Test
  void statesOfRoundsAreAveragedAsInOneProcess() {
    Training ema = Runs.digits().ema("0.9 every 3").logitScale(0.5);
    Training swa = Runs.digits().swa("0.8 every 2");

    requireSame(Runs.inProcess(ema, 2, Runs.mnist()), Runs.onSpark(context, ema, 2));
    requireSame(Runs.inProcess(swa, 2, Runs.mnist()), Runs.onSpark(context, swa, 2));
  }

  @Test
  void imagesAreHeldOutAndMeasuredAndChangedAsInOneProcess() {
    Training training =
        Runs.digits().validation(0.2).normalize().augment("shift 2, rotate 10").freeze(0);

    requireSame(Runs.inProcess(training, 2, Runs.mnist()), Runs.onSpark(context, training, 2));
  }

  /**
   * Images that change have places of their own in a session, which several shares use in turns.
   */
  @Test
  void sharesThatTakeTurnsChangeTheirImagesAsInOneProcess() {
    Training training = Runs.digits().augment("shift 2, rotate 10");

    requireSame(Runs.inProcess(training, 5, Runs.mnist()), Runs.onSpark(context, training, 5));
  }

  private static Training pictures() {
    return Training.network("conv 4 3 relu, pool 2, dense 10")
        .epochs(2)
        .batch(14)
        .learningRate(0.02)
        .device("cpu");
  }

  private void requireSameOf(String here, String there) {
    List<String> expectedNotes = new ArrayList<>();
    DataSet set =
        DataSets.open(new DataSets.Place(here, folder, DataSets.DEFAULT_INPUT, expectedNotes::add));
    List<String> notes = new ArrayList<>();

    Training.Result result =
        SparkTraining.on(context, pictures()).shares(2).notes(notes::add).run(there);

    requireSame(Runs.inProcess(pictures(), 2, set), result);
    assertTrue(
        notes.containsAll(expectedNotes.stream().filter(n -> n.contains("train")).toList()),
        notes + " lacks some of " + expectedNotes);
  }

  @Test
  void readsCifar() throws IOException {
    String set = DrawnSets.cifar(folder.resolve("cifar"), 9).toString();

    requireSameOf(set, set);
  }

  @Test
  void readsPlainIdx() throws IOException {
    String set = DrawnSets.largeDigits(folder.resolve("idx"), 20, 50).toString();

    requireSameOf(set, set);
  }

  @Test
  void readsFoldersOfImagesAndLeavesOutWhatIsDamaged() throws IOException {
    String set = DrawnSets.photos(folder.resolve("photos"), 60).toString();

    requireSameOf(set, set);
  }

  /** A file system that is not Java's own. */
  @Test
  void readsWhatHadoopOpens() throws IOException {
    Path photos = DrawnSets.photos(folder.resolve("photos"), 30);
    Path cifar = DrawnSets.cifar(folder.resolve("cifar"), 9);
    context
        .hadoopConfiguration()
        .set("fs.viewfs.mounttable.test.link./sets", folder.toUri().toString());

    requireSameOf(photos.toString(), "viewfs://test/sets/photos");
    requireSameOf(cifar.toString(), "viewfs://test/sets/cifar");
    requireSameOf(photos.toString(), photos.toUri().toString());
  }

  @Test
  void whatIsMissingIsSaidInASentence() {
    SparkTraining training = SparkTraining.on(context, pictures()).shares(2);

    assertEquals(
        "viewfs://nowhere/photos cannot be opened: "
            + "ViewFs: Cannot initialize: Empty Mount table in config for viewfs://nowhere/",
        assertThrows(DataException.class, () -> training.run("viewfs://nowhere/photos"))
            .getMessage());
    assertEquals(
        "s3a://bucket/photos cannot be opened: Hadoop's library for s3a: is not on Spark's class path"
            + " (Class org.apache.hadoop.fs.s3a.S3AFileSystem not found); spark-submit takes it with"
            + " --packages, such as org.apache.hadoop:hadoop-aws:VERSION for s3a:",
        assertThrows(DataException.class, () -> training.run("s3a://bucket/photos")).getMessage());
    String host = "x".repeat(64); // longer than names may be, so that nobody is asked for it
    assertEquals(
        "hdfs://" + host + "/photos cannot be opened: there is no host " + host,
        assertThrows(DataException.class, () -> training.run("hdfs://" + host + "/photos"))
            .getMessage());
    assertEquals(
        "\"/nowhere\" is neither a data set (%s) nor a folder"
            .formatted(String.join(", ", DataSets.names())),
        assertThrows(DataException.class, () -> training.run("file:/nowhere")).getMessage());
  }

  /** What a round leaves behind would show in 50 of them. */
  @Test
  void fiftyRoundsLeaveNothingBehind() {
    Training training =
        Training.network("pool 7, dense 18000 relu, dense 10").limit(1920).batch(32).epochs(1);
    List<Long> heap = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    TrainingListener look =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            if (step.step() == 10 || step.step() == 60) {
              heap.add(usedHeap());
              blocks.add(context.sc().env().blockManager().getMatchingBlockIds(id -> true).size());
            }
          }
        };

    SparkTraining.on(context, training.device("cpu")).shares(2).listener(look).run("mnist");

    // Spark removes blocks in a thread of its own, so those of the last rounds may still be there;
    // a state of 2 MB left by each round would be 100 MB, a block 50
    assertTrue(heap.get(1) - heap.get(0) < 20_000_000, heap::toString);
    assertTrue(blocks.get(1) < blocks.get(0) + 25, blocks::toString);
  }

  private static long usedHeap() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
