package org.aparanet.spark;

import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** A driver with two executors, which a test kills; the argument is a folder for checkpoints. */
final class DriverProgram {
  private DriverProgram() {}

  public static void main(String[] arguments) {
    try (JavaSparkContext context = new JavaSparkContext(Clusters.twoExecutors())) {
      SparkTraining.on(context, DriverLossTest.training().checkpointEvery("1"))
          .shares(2)
          .checkpoints(Path.of(arguments[0]))
          .run("mnist");
    }
  }
}
