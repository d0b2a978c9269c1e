package org.aparanet.spark;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.aparanet.data.format.DataException;
import org.aparanet.engine.EngineException;

/** Jobs of Spark, which an interrupt of this thread does not break off. */
final class SparkJobs {
  private SparkJobs() {}

  /**
   * All elements, in the order of their partitions.
   *
   * @throws DataException if a task could not read its images
   * @throws EngineException if tasks failed again and again for another reason
   */
  static <T> List<T> collect(JavaRDD<T> elements) {
    JavaFutureAction<List<T>> job = elements.collectAsync();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return job.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(Throwable spark) {
    Throwable cause = spark;
    while (cause.getCause() != null && cause.getCause() != cause) {
      if (cause instanceof DataException || cause instanceof EngineException) {
        break;
      }
      cause = cause.getCause();
    }
    if (cause instanceof DataException) {
      return new DataException(cause.getMessage(), spark);
    }
    String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new EngineException(
        cause instanceof EngineException ? said : "Spark has given up: " + said, spark);
  }
}
