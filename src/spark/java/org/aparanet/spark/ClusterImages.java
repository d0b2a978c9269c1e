package org.aparanet.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.aparanet.data.Holdout;
import org.aparanet.data.ImageSet;
import org.aparanet.data.PixelStatistics;
import org.aparanet.data.SurveyedSet;
import org.aparanet.engine.EngineException;
import org.aparanet.model.Network;
import org.aparanet.model.PixelNormalization;
import org.aparanet.spark.hadoop.HadoopFiles;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.ShardedOrder;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.checkpoint.ImageDigest;
import org.aparanet.train.checkpoint.RunIdentity;
import org.aparanet.train.run.Division;
import org.aparanet.train.run.RunImages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a run: those to learn from in shards on the executors, the others here. Shards are
 * read when something of them is first asked for.
 */
final class ClusterImages implements RunImages, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ClusterImages.class);

  private final JavaSparkContext context;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Settings settings;
  private final SurveyedSet set;
  private final int[] train; // numbers in the set
  private final TrainingData data;
  private final List<Broadcast<?>> broadcasts = new ArrayList<>();

  private LoadSpec spec; // null until shards are read, like the next ones
  private JavaRDD<ShareRef> shares;
  private ImageDigest digest;
  private long[][] counts;

  /**
   * @throws LeftOutException if images to validate with cannot be read
   * @throws org.aparanet.train.SettingException if the settings do not suit the images
   */
  ClusterImages(
      JavaSparkContext context,
      Broadcast<SerializableConfiguration> hadoop,
      Settings settings,
      SurveyedSet set) {
    this.context = context;
    this.hadoop = hadoop;
    this.settings = settings;
    this.set = set;
    int count =
        Math.min(settings.get(Setting.LIMIT).orElse(Integer.MAX_VALUE), set.train().count());
    ImageSet all = set.train(IntStream.range(0, count).toArray());
    Division.check(settings, all, set.validation());
    Optional<Float> share = settings.get(Setting.VALIDATION);
    boolean[] held =
        share.isPresent() ? Holdout.held(all, share.get(), settings.seed()) : new boolean[count];
    train = IntStream.range(0, count).filter(i -> !held[i]).toArray();
    Optional<ImageSet> validation =
        share.isPresent()
            ? Optional.of(read(IntStream.range(0, count).filter(i -> held[i]).toArray()))
            : set.validation();
    data = new TrainingData(set.train(train), validation, set.test());
  }

  /** Some of the images to learn from, read by this process. */
  private ImageSet read(int[] numbers) {
    ShardReading.Read read =
        new ShardReading(
                address -> HadoopFiles.path(address, context.hadoopConfiguration()),
                ExecutorShards.localFolder())
            .read(shard(Holdout.validation(set.train()), 0, numbers));
    if (!read.problems().isEmpty()) {
      throw new LeftOutException(numbered(read.problems(), numbers));
    }
    return read.images().orElseThrow();
  }

  private ShareShard shard(String name, int share, int[] numbers) {
    ImageSet images = set.train(numbers);
    return new ShareShard(
        name,
        share,
        set.shard(numbers),
        images.labels(),
        images.classes(),
        images.classNames(),
        images.shape().channels(),
        images.shape().height(),
        images.shape().width());
  }

  private static SortedMap<Integer, String> numbered(
      SortedMap<Integer, String> byPlace, int[] numbers) {
    SortedMap<Integer, String> byNumber = new TreeMap<>();
    byPlace.forEach((place, problem) -> byNumber.put(numbers[place], problem));
    return byNumber;
  }

  @Override
  public TrainingData data() {
    return data;
  }

  @Override
  public PixelNormalization normalization(Network layers) {
    load(settings.plan(layers));
    return PixelStatistics.of(counts);
  }

  @Override
  public String digest(TrainingPlan plan) {
    load(plan);
    return RunIdentity.summedDigest(data, digest);
  }

  /** The shares with their shards, which have been read. */
  JavaRDD<ShareRef> shares(TrainingPlan plan) {
    load(plan);
    return shares;
  }

  /** What executors know the shards by. */
  LoadSpec spec() {
    return spec;
  }

  /**
   * Has the executors read the shards, unless they have.
   *
   * @throws LeftOutException if images cannot be read
   * @throws org.aparanet.data.format.DataException if a file cannot be read for a reason that is
   *     not its own
   */
  private void load(TrainingPlan plan) {
    if (spec != null) {
      return;
    }
    spec = LoadSpec.of(UUID.randomUUID().toString(), plan, train.length);
    ShardedOrder order = spec.order();
    int count = plan.rounds().shares().count();
    List<int[]> numbers = new ArrayList<>();
    List<ShareRef> refs = new ArrayList<>();
    for (int share = 0; share < count; share++) {
      numbers.add(IntStream.of(order.shard(share)).map(place -> train[place]).toArray());
      refs.add(
          new ShareRef(share, broadcast(shard(data.train().name(), share, numbers.get(share)))));
    }
    // kept, so that Spark knows which executor has a shard
    shares = context.parallelize(refs, count).cache();
    digest = new ImageDigest();
    counts = new long[data.train().shape().channels()][256];
    SortedMap<Integer, String> problems = new TreeMap<>();
    for (ShardReport report :
        SparkJobs.collect(shares.map(new LoadTask(broadcast(spec), hadoop)))) {
      problems.putAll(numbered(report.problems(), numbers.get(report.share())));
      digest.add(report.digest());
      add(report.counts());
    }
    if (!problems.isEmpty()) {
      throw new LeftOutException(problems);
    }
  }

  private void add(long[][] others) {
    for (int channel = 0; channel < others.length; channel++) {
      for (int value = 0; value < others[channel].length; value++) {
        counts[channel][value] += others[channel][value];
      }
    }
  }

  private <T> Broadcast<T> broadcast(T value) {
    Broadcast<T> made = context.broadcast(value);
    broadcasts.add(made);
    return made;
  }

  /** Has the executors forget the shards, as far as they can be reached. */
  @Override
  public void close() {
    if (shares == null) {
      return;
    }
    try {
      SparkJobs.collect(shares.map(new EndTask(spec.id())));
    } catch (EngineException e) {
      LOGGER.warn("{}", e.getMessage()); // they forget them when they end
    }
    shares.unpersist(false);
    broadcasts.forEach(Broadcast::destroy);
  }
}
