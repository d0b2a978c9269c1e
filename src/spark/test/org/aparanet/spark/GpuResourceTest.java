package org.aparanet.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.aparanet.Training;
import org.aparanet.engine.Device;
import org.aparanet.engine.select.Engines;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An OpenCL device that Spark's resource scheduling assigns as a GPU. */
class GpuResourceTest {
  @TempDir Path folder;

  @Test
  void tasksTrainOnTheGpuThatSparkHasAssigned() throws IOException {
    boolean required = "opencl".equals(System.getProperty("aparanet.test.require"));
    assumeTrue(required || new Engines(1).openClProblem().isEmpty(), "there is no OpenCL device");
    Path script = folder.resolve("gpus.sh");
    Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\"]}'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    SparkConf configuration =
        Clusters.twoExecutors()
            .set("spark.worker.resource.gpu.amount", "1")
            .set("spark.worker.resource.gpu.discoveryScript", script.toString())
            .set("spark.executor.resource.gpu.amount", "1")
            .set("spark.executor.resource.gpu.discoveryScript", script.toString())
            .set("spark.task.resource.gpu.amount", "1");
    Training training = Runs.digits().epochs(1);
    TrainingResult expected = Runs.inProcess(training.device("opencl:0"), 2, Runs.mnist());
    try (JavaSparkContext context = new JavaSparkContext(configuration)) {
      Training.Result result = Runs.onSpark(context, training.device("auto"), 2);

      assertEquals(
          List.of("opencl:0"), result.training().devices().stream().map(Device::id).toList());
      assertArrayEquals(expected.parameters(), result.model().parameters());
    }
  }
}
