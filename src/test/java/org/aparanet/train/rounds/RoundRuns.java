package org.aparanet.train.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.data.ImageOrder;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.train.EpochSteps;
import org.aparanet.train.Rounds;
import org.aparanet.train.RunDevices;
import org.aparanet.train.SessionTraining;
import org.aparanet.train.SnapshotKeeper;
import org.aparanet.train.StateObserver;
import org.aparanet.train.TakenStep;
import org.aparanet.train.Trainer;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;

/** Trainings on one device and on several, for tests to compare. */
final class RoundRuns {
  private RoundRuns() {}

  /** What a listener was told. */
  static final class Told implements TrainingListener {
    final List<Double> losses = new ArrayList<>();
    final List<Float> learningRates = new ArrayList<>();
    final List<String> moved = new ArrayList<>();
    int restored;

    @Override
    public void step(Step step) {
      losses.add(step.loss());
      learningRates.add(step.learningRate());
    }

    @Override
    public void restored(StateLostException cause, long step) {
      restored++;
    }

    @Override
    public void shareMoved(EngineException cause, Device failed, List<Device> others, long step) {
      moved.add(failed.id() + " to " + others.stream().map(Device::id).toList());
    }
  }

  static TrainingData data(ImageSet images) {
    return new TrainingData(
        images, Optional.of(images.first(40)), images.first(Math.min(100, images.count())));
  }

  static float[] start(Network network) {
    return Initialization.suited(network).draw(network, 1);
  }

  /** Trains on one session as ever. */
  static TrainingResult one(Session session, ImageSet images, TrainingPlan plan, Told told) {
    TrainingPlan whole = plan.withRounds(Rounds.NONE);
    return new Trainer(session, Optional.empty(), data(images), whole, told, Optional.empty())
        .run(start(session.network()));
  }

  /** Trains on several sessions. */
  static TrainingResult several(
      List<Session> sessions, ImageSet images, TrainingPlan plan, Told told) {
    return trainer(sessions, images, plan, told, Optional.empty())
        .run(start(sessions.get(0).network()));
  }

  static Trainer trainer(
      List<Session> sessions,
      ImageSet images,
      TrainingPlan plan,
      Told told,
      Optional<SnapshotKeeper> keeper) {
    TrainingData data = data(images);
    return new Trainer(
        (listener, start) -> new RoundDevices(sessions, data, plan, listener, start),
        sessions.get(0).network(),
        data,
        plan,
        told,
        keeper);
  }

  /**
   * Takes the steps of the whole plan on one session, and each of them, from the same state, on
   * several ones as well.
   *
   * @return the largest differences of a step's mean loss and of a parameter or moment behind it
   */
  static double[] differences(
      Session one, List<Session> several, ImageSet images, TrainingPlan plan) {
    double loss = 0;
    double state = 0;
    one.optimize(plan.optimizer(), plan.seed());
    SessionTraining training = new SessionTraining(one, images, plan.withRounds(Rounds.NONE));
    try (RunDevices devices = new RoundDevices(several, data(images), plan, new Told(), 0)) {
      TrainingState before = TrainingState.start(start(one.network()), plan.optimizer());
      one.restore(before);
      for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
        ImageOrder orders = plan.order(images.count());
        int[] order = orders.order(epoch);
        try (EpochSteps steps = training.open(epoch, order, plan.batch(), 0);
            EpochSteps rounds = devices.open(epoch, orders, 0)) {
          for (int from = 0; from < order.length; from += plan.batch()) {
            devices.restore(before);
            TakenStep expected = steps.take(before.steps(), s -> true, StateObserver.NONE).get(0);
            TakenStep found = rounds.take(before.steps(), s -> true, StateObserver.NONE).get(0);
            assertEquals(expected.images(), found.images());
            assertEquals(expected.outcome().correct(), found.outcome().correct(), 1);
            double sum = expected.outcome().lossSum() - found.outcome().lossSum();
            loss = Math.max(loss, Math.abs(sum) / expected.images());
            before = one.state();
            state = Math.max(state, largest(before, devices.state()));
          }
        }
      }
    }
    return new double[] {loss, state};
  }

  private static double largest(TrainingState expected, TrainingState found) {
    assertEquals(expected.steps(), found.steps());
    return Math.max(
        largest(expected.parameters(), found.parameters()),
        largest(expected.firstMoments(), found.firstMoments()));
  }

  static double largest(float[] expected, float[] found) {
    double largest = 0;
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs((double) expected[i] - found[i]));
    }
    return largest;
  }
}
