package org.aparanet.spark;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.frozen.FrozenLayers;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.Engines;
import org.aparanet.model.Network;
import org.aparanet.train.SessionTraining;
import org.aparanet.train.Setting;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.rounds.Round;
import org.aparanet.train.rounds.ShareSession;

/**
 * What this process, an executor, keeps of a run from round to round: its shards and open sessions.
 * The result of a round depends on nothing of it.
 */
final class ExecutorRun {
  private static final Map<String, ExecutorRun> RUNS = new ConcurrentHashMap<>();

  private final RunSpec spec;
  private final Network network;
  private final TrainingPlan plan;
  private final ExecutorShards shards;
  private final SessionPool sessions;
  private volatile boolean withoutGpu;

  private ExecutorRun(RunSpec spec, Configuration hadoop) {
    this.spec = spec;
    network = spec.toNetwork();
    plan = spec.toSettings().plan(network);
    shards = ExecutorShards.of(spec.images(), hadoop);
    sessions = new SessionPool(this::open);
  }

  /** The run of a specification, begun if it is new. */
  static ExecutorRun of(RunSpec spec, Configuration hadoop) {
    return RUNS.computeIfAbsent(spec.images().id(), id -> new ExecutorRun(spec, hadoop));
  }

  /** Closes the sessions of a run, and forgets it. */
  static void end(String id) {
    ExecutorRun run = RUNS.remove(id);
    if (run != null) {
      run.sessions.close();
    }
    ExecutorShards.end(id);
  }

  /**
   * Computes a round of a share.
   *
   * @param device on which it is to run
   * @throws EngineException if the device cannot be had, or fails
   */
  ShareResult run(ShareRef share, TrainingState start, Round round, String device) {
    ImageSet images = shards.images(share);
    try {
      return sessions.run(
          withoutGpu ? "cpu" : device,
          share.share(),
          (session, others) -> load(session, others, images, share.share()),
          start,
          round);
    } catch (StateLostException e) {
      throw e; // which may happen to any device
    } catch (EngineException e) {
      withoutGpu |= device.equals("auto"); // the next attempt is the Java engine's
      throw e;
    }
  }

  private ShareSession load(
      Session session, Optional<SessionTraining> others, ImageSet images, int share) {
    int[] numbers = shards.order().shard(share);
    IntUnaryOperator number = place -> numbers[place];
    SessionTraining training =
        others
            .map(loaded -> loaded.others(images, number))
            .orElseGet(
                () ->
                    new SessionTraining(
                        session,
                        images,
                        plan,
                        plan.run(spec.images().images()),
                        spec.weights(),
                        number));
    return new ShareSession(
        training, plan, (own, epoch) -> shards.order().order(own, images.count(), epoch));
  }

  private Engines.Opened open(String device) {
    return new Engines(threads())
        .open(
            DeviceChoice.parse(device),
            network,
            new FrozenLayers(plan.freeze(), false),
            plan.sessionBatch(),
            plan.optimizer().rule(),
            0,
            note -> {});
  }

  /** Those that Spark gives to a task, unless the run has a number. */
  private int threads() {
    return spec.toSettings()
        .get(Setting.THREADS)
        .orElseGet(() -> SparkEnv.get().conf().getInt("spark.task.cpus", 1));
  }
}
