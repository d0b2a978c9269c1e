package org.aparanet.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.Utils;
import org.aparanet.data.ImageSet;
import org.aparanet.data.PixelStatistics;
import org.aparanet.spark.hadoop.HadoopFiles;
import org.aparanet.train.ShardedOrder;
import org.aparanet.train.checkpoint.ImageDigest;

/** The shards of a run that this process, an executor, has read, each once. */
final class ExecutorShards {
  private static final Map<String, ExecutorShards> RUNS = new ConcurrentHashMap<>();

  private final ShardedOrder order;
  private final ShardReading reading;
  private final Map<Integer, ShardReading.Read> shards = new ConcurrentHashMap<>();

  private ExecutorShards(LoadSpec spec, Configuration hadoop) {
    order = spec.order();
    reading = new ShardReading(address -> HadoopFiles.path(address, hadoop), localFolder());
  }

  /** Those of a run. */
  static ExecutorShards of(LoadSpec spec, Configuration hadoop) {
    return RUNS.computeIfAbsent(spec.id(), id -> new ExecutorShards(spec, hadoop));
  }

  /** Forgets those of a run. */
  static void end(String id) {
    ExecutorShards run = RUNS.remove(id);
    if (run != null) {
      run.shards.values().forEach(read -> read.images().ifPresent(ShardReading::release));
    }
  }

  /** A folder of Spark's, which goes with the executor or the application. */
  static Path localFolder() {
    return Path.of(Utils.getLocalDir(SparkEnv.get().conf()));
  }

  /** Order of all images. */
  ShardedOrder order() {
    return order;
  }

  /**
   * Images of a shard, all of which can be read.
   *
   * @throws org.aparanet.data.format.DataException if a file is no longer what it was
   */
  ImageSet images(ShareRef share) {
    return read(share)
        .images()
        .orElseThrow(() -> new IllegalStateException("a shard with damaged images"));
  }

  private ShardReading.Read read(ShareRef share) {
    return shards.computeIfAbsent(share.share(), number -> reading.read(share.shard().value()));
  }

  /** Reads a shard, unless it has been read, and tells what it holds. */
  ShardReport report(ShareRef share) {
    ShardReading.Read read = read(share);
    ImageDigest digest = new ImageDigest();
    long[][] counts = new long[0][];
    if (read.images().isPresent()) {
      ImageSet images = read.images().get();
      int[] numbers = order.shard(share.share());
      digest.add(ImageDigest.Part.TRAIN, images, i -> numbers[i]);
      counts = PixelStatistics.counts(images);
    }
    return new ShardReport(share.share(), read.problems(), digest, counts);
  }
}
