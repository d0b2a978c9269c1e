package org.aparanet.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.aparanet.Training;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that Spark starts twice, and executors that come and go. */
class SpeculationTest {
  @TempDir Path folder;

  /** Stops an executor for some time, so that Spark gives its task to the other one as well. */
  private static final class Pause implements TrainingListener {
    private static final long STEP = 6;
    private static final long MILLISECONDS = 4000;

    @Override
    public void step(Step step) {
      if (step.step() == STEP) {
        ProcessHandle executor = Clusters.executors().get(0);
        signal("-STOP", executor);
        new Thread(
                () -> {
                  try {
                    Thread.sleep(MILLISECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  signal("-CONT", executor);
                })
            .start();
      }
    }

    private static void signal(String name, ProcessHandle process) {
      try {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void neitherSpeculationNorDynamicAllocationChangesTheResult() {
    SparkConf configuration =
        Clusters.twoExecutors()
            .set("spark.executor.cores", "1")
            .set("spark.locality.wait", "100ms")
            .set("spark.speculation", "true")
            .set("spark.speculation.quantile", "0.3")
            .set("spark.speculation.multiplier", "2")
            .set("spark.dynamicAllocation.enabled", "true")
            .set("spark.dynamicAllocation.shuffleTracking.enabled", "true")
            .set("spark.dynamicAllocation.initialExecutors", "2")
            .set("spark.dynamicAllocation.executorIdleTimeout", "1s")
            .set("spark.dynamicAllocation.cachedExecutorIdleTimeout", "1s");
    Training training = Runs.digits().epochs(3);
    TrainingResult expected = Runs.inProcess(training, 2, Runs.mnist());
    AtomicInteger speculative = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart start) {
            speculative.addAndGet(start.taskInfo().speculative() ? 1 : 0);
          }
        };
    try (StandaloneCluster cluster = new StandaloneCluster(folder, configuration);
        JavaSparkContext context =
            new JavaSparkContext(configuration.setMaster(cluster.master()))) {
      context.sc().addSparkListener(listener);

      Training.Result result =
          SparkTraining.on(context, training).shares(2).listener(new Pause()).run("mnist");

      assertArrayEquals(expected.parameters(), result.model().parameters());
      assertEquals(expected.test(), result.accuracy());
    }
    assertTrue(speculative.get() > 0, "no task was started twice");
  }
}
