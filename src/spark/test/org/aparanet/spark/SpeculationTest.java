package org.aparanet.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerSpeculativeTaskSubmitted;
import org.aparanet.Training;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.Test;

/** Tasks that Spark starts twice, and executors that come and go. */
class SpeculationTest {

  @Test
  void neitherSpeculationNorDynamicAllocationChangesTheResult() {
    SparkConf configuration =
        Clusters.twoExecutors()
            .set("spark.speculation", "true")
            .set("spark.speculation.interval", "5ms")
            .set("spark.speculation.quantile", "0.3")
            .set("spark.speculation.multiplier", "1.01")
            .set("spark.speculation.minTaskRuntime", "1ms")
            .set("spark.dynamicAllocation.enabled", "true")
            .set("spark.dynamicAllocation.shuffleTracking.enabled", "true")
            .set("spark.dynamicAllocation.minExecutors", "1")
            .set("spark.dynamicAllocation.maxExecutors", "2")
            .set("spark.dynamicAllocation.schedulerBacklogTimeout", "1s")
            .set("spark.dynamicAllocation.executorIdleTimeout", "1s")
            .set("spark.dynamicAllocation.cachedExecutorIdleTimeout", "1s");
    Training training = Runs.digits().epochs(3);
    TrainingResult expected = Runs.inProcess(training, 3, Runs.mnist());
    AtomicInteger speculative = new AtomicInteger();
    try (JavaSparkContext context = new JavaSparkContext(configuration)) {
      context
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onSpeculativeTaskSubmitted(
                    SparkListenerSpeculativeTaskSubmitted submitted) {
                  speculative.incrementAndGet();
                }
              });
      Training.Result result = Runs.onSpark(context, training, 3);

      assertArrayEquals(expected.parameters(), result.model().parameters());
      assertEquals(expected.test(), result.accuracy());
    }
    assertTrue(speculative.get() > 0, "no task was started twice");
  }
}
