package org.aparanet.spark;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.train.EpochSteps;
import org.aparanet.train.RunDevices;
import org.aparanet.train.Snapshot;
import org.aparanet.train.StateObserver;
import org.aparanet.train.TakenStep;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingFailedException;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Evaluation;
import org.aparanet.train.evaluate.Score;
import org.aparanet.train.rounds.Round;
import org.aparanet.train.rounds.RoundResult;
import org.aparanet.train.rounds.RoundSteps;

/**
 * The executors of a cluster as the devices of a run. Each round is a job of Spark, which goes out
 * with the state and comes back with its mean; a task that is lost is done again elsewhere with the
 * same result. The driver measures accuracy in a session of its own.
 */
final class SparkDevices implements RunDevices {
  private final JavaSparkContext context;
  private final JavaRDD<ShareRef> shares;
  private final Broadcast<RunSpec> spec;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final String device;
  private final TrainingPlan plan;
  private final Session session;
  private final Evaluation test;
  private final Optional<Evaluation> validation;
  private final Set<Device> used = new LinkedHashSet<>();
  private TrainingState state;

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
    this.context = context;
    this.shares = shares;
    this.spec = spec;
    this.hadoop = hadoop;
    this.device = device;
    this.plan = plan;
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
  public void restore(TrainingState start) {
    state = start;
  }

  @Override
  public TrainingState state() {
    return state;
  }

  @Override
  public float[] parameters() {
    return state.parameters().clone();
  }

  @Override
  public void setParameters(float[] parameters) {
    state =
        new TrainingState(
            parameters.clone(), state.firstMoments(), state.secondMoments(), state.steps());
  }

  @Override
  public Optional<Score> validate() {
    session.setParameters(state.parameters());
    return validation.map(Evaluation::score);
  }

  @Override
  public List<Accuracy> test() {
    session.setParameters(state.parameters());
    return test.byClass();
  }

  @Override
  public EpochSteps open(int epoch, int[] order, int from) {
    return new Epoch(epoch, plan.stepsPerEpoch(order.length), from / plan.batch());
  }

  /** Rounds of an epoch. */
  private final class Epoch implements EpochSteps {
    private final int epoch;
    private final long steps;
    private int taken;

    Epoch(int epoch, long steps, int taken) {
      this.epoch = epoch;
      this.steps = steps;
      this.taken = taken;
    }

    @Override
    public List<TakenStep> take(long before, LongPredicate due, StateObserver observer) {
      int each = plan.rounds().steps();
      long end = Math.min((taken / each + 1L) * each, steps);
      List<TakenStep> made = round(new Round(epoch, taken, (int) (end - taken), before));
      taken += made.size();
      return made;
    }

    @Override
    public void close() {}
  }

  private List<TakenStep> round(Round round) {
    Broadcast<TrainingState> start = context.broadcast(state);
    try {
      RoundJob job = RoundJob.run(shares, new RoundTask(spec, hadoop, start, round, device));
      List<RoundResult> results = job.results().stream().map(ShareResult::round).toList();
      job.results().forEach(result -> used.add(result.device()));
      List<TakenStep> steps = RoundSteps.of(results);
      if (Double.isFinite(steps.get(steps.size() - 1).outcome().lossSum())) {
        state = job.sum().mean(round.stepsBefore() + steps.size());
      }
      return steps;
    } finally {
      start.destroy();
    }
  }

  @Override
  public void progressed() {}

  @Override
  public void recover(StateLostException cause, Snapshot lastSnapshot) {
    replace(cause, lastSnapshot);
  }

  /** There is none: Spark has tried others before it gives up. */
  @Override
  public void replace(EngineException cause, Snapshot lastSnapshot) {
    throw new TrainingFailedException(
        cause.getMessage(),
        cause,
        lastSnapshot.state().parameters(),
        lastSnapshot.position().step());
  }

  @Override
  public void close() {}
}
