package org.aparanet.spark;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.aparanet.engine.Device;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingState;
import org.aparanet.train.StateObserver;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Evaluation;
import org.aparanet.train.evaluate.Score;
import org.aparanet.train.rounds.AveragedDevices;
import org.aparanet.train.rounds.Round;

/**
 * The executors of a cluster as the devices of a run. Each round is a job of Spark, which goes out
 * with the state and comes back with its mean; a task that is lost is done again elsewhere with the
 * same result. The driver measures accuracy in a session of its own.
 */
final class SparkDevices extends AveragedDevices {
  private final JavaSparkContext context;
  private final JavaRDD<ShareRef> shares;
  private final Broadcast<RunSpec> spec;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final String device;
  private final Session session;
  private final Evaluation test;
  private final Optional<Evaluation> validation;
  private final Set<Device> used = new LinkedHashSet<>();

  /**
   * @param shares with their shards
   * @param spec of the run
   * @param hadoop configuration of Hadoop
   * @param device of executors that have no GPU assigned
   * @param session of the driver, to measure accuracy with
   */
  SparkDevices(
      JavaSparkContext context,
      JavaRDD<ShareRef> shares,
      Broadcast<RunSpec> spec,
      Broadcast<SerializableConfiguration> hadoop,
      String device,
      TrainingPlan plan,
      TrainingData data,
      Session session) {
    super(plan);
    this.context = context;
    this.shares = shares;
    this.spec = spec;
    this.hadoop = hadoop;
    this.device = device;
    this.session = session;
    test = new Evaluation(session, data.test());
    validation = data.validation().map(images -> new Evaluation(session, images));
  }

  @Override
  public Device device() {
    return used.isEmpty() ? session.device() : used.iterator().next();
  }

  @Override
  public List<Device> used() {
    return used.isEmpty() ? List.of(session.device()) : List.copyOf(used);
  }

  @Override
  public Optional<Score> validate() {
    session.setParameters(state().parameters());
    return validation.map(Evaluation::score);
  }

  @Override
  public List<Accuracy> test() {
    session.setParameters(state().parameters());
    return test.byClass();
  }

  @Override
  protected Computed compute(Round round, StateObserver observer) {
    Broadcast<TrainingState> start = context.broadcast(state());
    try {
      RoundJob job = RoundJob.run(shares, new RoundTask(spec, hadoop, start, round, device));
      job.results().forEach(result -> used.add(result.device()));
      return new Computed(job.results().stream().map(ShareResult::round).toList(), job::sum);
    } finally {
      start.destroy();
    }
  }

  @Override
  public void close() {}
}
