package org.aparanet.spark;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The reading of a shard, as a task of Spark.
 *
 * @param spec of the run
 * @param hadoop configuration of Hadoop
 */
record LoadTask(Broadcast<LoadSpec> spec, Broadcast<SerializableConfiguration> hadoop)
    implements Function<ShareRef, ShardReport> {

  @Override
  public ShardReport call(ShareRef share) {
    return ExecutorShards.of(spec.value(), hadoop.value().value()).report(share);
  }
}
