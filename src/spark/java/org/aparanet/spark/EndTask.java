package org.aparanet.spark;

import org.apache.spark.api.java.function.VoidFunction;

/**
 * The end of a run on an executor, as a task of Spark.
 *
 * @param id of the run
 */
record EndTask(String id) implements VoidFunction<ShareRef> {

  @Override
  public void call(ShareRef share) {
    ExecutorRun.end(id);
  }
}
