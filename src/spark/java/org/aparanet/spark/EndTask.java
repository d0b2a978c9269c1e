package org.aparanet.spark;

import org.apache.spark.api.java.function.Function;

/**
 * The end of a run on an executor, as a task of Spark.
 *
 * @param id of the run
 */
record EndTask(String id) implements Function<ShareRef, Integer> {

  @Override
  public Integer call(ShareRef share) {
    ExecutorRun.end(id);
    return share.share();
  }
}
