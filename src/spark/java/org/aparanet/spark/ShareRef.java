package org.aparanet.spark;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * A share, as it travels with each task. The description of its shard, which may list many files,
 * is fetched by the executors that read it.
 *
 * @param share its number, from 0
 * @param shard the description
 */
record ShareRef(int share, Broadcast<ShareShard> shard) implements Serializable {}
