package org.aparanet.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Training on two executors in processes of their own, with heaps of 480 MiB. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExecutorsTest {
  private static JavaSparkContext context;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    context = new JavaSparkContext(Clusters.twoExecutors());
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  /** Times of rounds of one step that cost nothing beside, with a state of 2 MB. */
  @Test
  @Order(1)
  void aRoundTakesAsLongAsSparkTakes() {
    Training training =
        Training.network("pool 7, dense 18000 relu, dense 10").limit(80).batch(2).epochs(1);
    List<Long> times = new ArrayList<>();
    TrainingListener clock =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            times.add(System.nanoTime());
          }
        };

    Training.Result result =
        SparkTraining.on(context, training.device("cpu")).shares(2).listener(clock).run("mnist");

    assertEquals(40, times.size());
    List<Long> rounds = new ArrayList<>();
    for (int i = 10; i < times.size(); i++) {
      rounds.add(times.get(i) - times.get(i - 1));
    }
    rounds.sort(null);
    System.out.printf(
        "a round on two executors with a state of %.1f MB: median %.0f ms, %.0f to %.0f ms%n",
        result.model().parameters().length * 4e-6,
        rounds.get(rounds.size() / 2) / 1e6,
        rounds.get(0) / 1e6,
        rounds.get(rounds.size() - 1) / 1e6);
  }

  /** Neither the set nor a shard fits into the heap of an executor, nor into this process's. */
  @Test
  @Order(2)
  void aSetMayBeLargerThanTheHeapOfAnExecutor() throws Exception {
    int side = 2000;
    Path set = DrawnSets.largeDigits(folder.resolve("large"), side, 130);
    Training training =
        Training.network("conv 2 5 stride 100, dense 10")
            .epochs(1)
            .batch(26)
            .learningRate(0.01)
            .device("cpu");
    DataSet here =
        DataSets.open(
            new DataSets.Place(set.toString(), folder, DataSets.DEFAULT_INPUT, note -> {}));

    TrainingResult expected = Runs.inProcess(training, 2, here);
    Training.Result result =
        SparkTraining.on(context, training).shares(2).dataFolder(folder).run(set.toString());

    assertArrayEquals(expected.parameters(), result.model().parameters());
  }

  /** Kills an executor some time after a step. */
  private static final class Killer implements TrainingListener {
    private final long step;
    private final int milliseconds;
    private volatile boolean killed;

    Killer(Random random) {
      step = 2 + 2 * random.nextInt(8);
      milliseconds = random.nextInt(80);
    }

    @Override
    public void step(Step taken) {
      if (taken.step() == step) {
        new Thread(this::kill).start();
      }
    }

    private void kill() {
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        return;
      }
      List<ProcessHandle> executors = Clusters.executors();
      executors.get((int) (step % executors.size())).destroyForcibly();
      killed = true;
    }
  }

  @Test
  @Order(3)
  void aKilledExecutorDoesNotChangeTheResult() {
    Training training = Runs.digits().epochs(4);
    TrainingResult expected = Runs.inProcess(training, 2, Runs.mnist());
    Random random = new Random(19);
    for (int i = 0; i < 5; i++) {
      Killer killer = new Killer(random);

      Training.Result result =
          SparkTraining.on(context, training).shares(2).listener(killer).run("mnist");

      String when = killer.milliseconds + " ms after step " + killer.step;
      assertEquals(true, killer.killed, when);
      assertArrayEquals(expected.parameters(), result.model().parameters(), when);
      assertEquals(expected.test(), result.accuracy(), when);
    }
    assertFalse(Clusters.executors().isEmpty());
  }
}
