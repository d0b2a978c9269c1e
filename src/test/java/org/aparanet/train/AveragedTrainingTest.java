package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.frozen.FrozenLayers;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.train.evaluate.Evaluation;
import org.aparanet.train.evaluate.Score;
import org.aparanet.train.rounds.RoundDevices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Averages of the parameters in whole trainings. */
class AveragedTrainingTest {
  private static final ReferenceFile REFERENCE = new ReferenceFile("average.safetensors");
  private static final int BATCH = 24;
  private static final int EPOCHS = 4;
  private static final ImageSet IMAGES = ReferenceFile.images().first(200); // 9 steps an epoch
  private static final Network NETWORK =
      NetworkText.parse(IMAGES.shape(), REFERENCE.metadata("network"));
  private static final TrainingPlan PLAN =
      TrainingPlan.of(EPOCHS, BATCH, 0.05f)
          .withShuffle(false)
          .withOptimizer(
              new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.002f, Float.POSITIVE_INFINITY));

  /** The states of a run, by the steps before them, and its result. */
  private static final class Watched implements StateObserver {
    final TreeMap<Long, float[]> states = new TreeMap<>();
    TrainingResult result;

    @Override
    public boolean wantsState() {
      return true;
    }

    @Override
    public void state(long step, float[] parameters) {
      states.put(step, parameters);
    }
  }

  private static ParameterAverage average(String text) {
    return text.startsWith("ema")
        ? ParameterAverage.ema(text.substring(4))
        : ParameterAverage.swa(text.substring(4));
  }

  private static double[] parameters(String prefix) {
    double[] all = new double[NETWORK.parameterCount()];
    for (Network.Tensor tensor : NETWORK.tensors()) {
      double[] values = REFERENCE.tensor(prefix + tensor.name());
      System.arraycopy(values, 0, all, tensor.offset(), values.length);
    }
    return all;
  }

  private static float[] start() {
    double[] initial = parameters("initial.");
    float[] start = new float[initial.length];
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) initial[i];
    }
    return start;
  }

  private static Watched watched(Trainer trainer) {
    Watched watched = new Watched();
    trainer.control(new TrainingControl(() -> false, new Pause(), watched));
    watched.result = trainer.run(start());
    return watched;
  }

  private static Watched watched(Session session, TrainingPlan plan) {
    return watched(Trainers.of(session, IMAGES, IMAGES.first(50), plan, new TrainingListener() {}));
  }

  private static Watched onJava(TrainingPlan plan) {
    try (Session session = new CpuEngine(1).open(NETWORK, BATCH)) {
      return watched(session, plan);
    }
  }

  /** As far from PyTorch's as the parameters themselves, a part of each tensor's norm. */
  private static void assertNear(double[] expected, float[] found, String what) {
    for (Network.Tensor tensor : NETWORK.tensors()) {
      double squares = 0;
      double norm = 0;
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        squares += (found[i] - expected[i]) * (found[i] - expected[i]);
        norm += expected[i] * expected[i];
      }
      double distance = Math.sqrt(squares / norm);
      assertTrue(distance < 1e-4, () -> what + ": " + tensor.name() + " is off by " + distance);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ema 0.9 every 2", "ema 0.9", "swa 2epochs", "swa 0.75", "swa 0.5 every 4"})
  void itIsThatOfPyTorch(String text) {
    float[] found = onJava(PLAN.withAverage(average(text))).result.parameters();

    assertNear(parameters(text + "."), found, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ema 0.9 every 1", "swa 2epochs"})
  void theTrainingItselfIsTheSameToTheBit(String text) {
    TrainingPlan plan =
        PLAN.withShuffle(true).withAugmentation(Augmentation.parse("shift 2, rotate 10"));
    Watched plain = onJava(plan);

    Watched averaged = onJava(plan.withAverage(average(text)));

    requireSame(plain, averaged);
    assertNotEquals(plain.result.parameters()[0], averaged.result.parameters()[0]);
  }

  private static void requireSame(Watched expected, Watched found) {
    assertEquals(expected.states.keySet(), found.states.keySet());
    expected.states.forEach(
        (step, parameters) ->
            assertArrayEquals(parameters, found.states.get(step), "after step " + step));
  }

  /** The average of what an observer saw, in double precision. */
  private static double[] expected(Watched watched, ParameterAverage rule) {
    LearningRateSchedule.Run run = PLAN.run(IMAGES.count());
    double[] average = new double[NETWORK.parameterCount()];
    long before = 0;
    int states = 0;
    for (var state : watched.states.entrySet()) {
      if (rule.due(before, state.getKey(), run)) {
        double weight = rule.weight(states++);
        for (int i = 0; i < average.length; i++) {
          average[i] += weight * (state.getValue()[i] - average[i]);
        }
      }
      before = state.getKey();
    }
    assertTrue(states > 1, "" + states);
    return average;
  }

  private static void assertAverage(Watched watched, TrainingPlan plan) {
    double[] expected = expected(watched, plan.average());
    float[] found = watched.result.parameters();
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i], found[i], 2e-6 * Math.max(1, Math.abs(expected[i])));
    }
  }

  /** Steps come in groups there, but not past one whose state is to be added. */
  @ParameterizedTest
  @ValueSource(strings = {"ema 0.9 every 3", "swa 0.75 every 2"})
  void stepsWithTheLossOnTheDeviceAreAveraged(String text) {
    TrainingPlan plan = PLAN.withAverage(average(text)).withSoftmax(TrainingPlan.Softmax.DEVICE);
    try (Session session = OpenClTestDevice.engine(HostMemory.SEPARATE).open(NETWORK, BATCH)) {
      Watched watched = watched(session, plan);
      long every = text.contains("ema") ? 3 : 2;
      for (long step = 36 - every * 3; step <= 36; step += every) {
        assertTrue(watched.states.containsKey(step), watched.states.keySet()::toString);
      }
      assertAverage(watched, plan);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ema 0.9 every 2", "ema 0.9 every 4", "swa 2epochs"})
  void roundsAreAveraged(String text) {
    TrainingPlan plan =
        PLAN.withAverage(average(text)).withRounds(new Rounds(Shares.parse("2:1"), 2));
    Watched plain = rounds(plan.withAverage(ParameterAverage.NONE));

    Watched watched = rounds(plan);

    requireSame(plain, watched);
    assertAverage(watched, plan);
  }

  private static Watched rounds(TrainingPlan plan) {
    try (Session one = new CpuEngine(1).open(NETWORK, BATCH);
        Session two = new CpuEngine(1).open(NETWORK, BATCH)) {
      TrainingData data = new TrainingData(IMAGES, Optional.empty(), IMAGES.first(50));
      return watched(
          new Trainer(
              (listener, step) -> new RoundDevices(List.of(one, two), data, plan, listener, step),
              NETWORK,
              data,
              plan,
              new TrainingListener() {},
              Optional.empty()));
    }
  }

  /** Also of a network whose only running statistics are there. */
  @Test
  void frozenLayersStayAsTheyAre() {
    TrainingPlan plan = PLAN.withFreeze(3).withAverage(average("ema 0.9 every 1"));
    try (Session session = new FrozenLayers(3, true).open(new CpuEngine(1), NETWORK, BATCH)) {
      Watched watched = watched(session, plan);
      float[] first = start();
      for (Network.Node node : NETWORK.nodes().subList(0, 3)) {
        for (Network.Tensor tensor : node.tensors()) {
          for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
            assertEquals(first[i], watched.result.parameters()[i], tensor.name());
          }
        }
      }
      assertAverage(watched, plan);
    }
  }

  /** What is told of an epoch is what its average achieves, and the best average is the result. */
  @Test
  void theAverageIsValidatedAndTested() {
    TrainingPlan plan = PLAN.withAverage(average("swa 2epochs"));
    List<TrainingListener.Epoch> told = new ArrayList<>();
    ImageSet held = ReferenceFile.images().first(900);
    TrainingData data = new TrainingData(IMAGES, Optional.of(held), held.first(300));
    try (Session session = new CpuEngine(1).open(NETWORK, BATCH)) {
      Trainer trainer =
          new Trainer(
              session,
              Optional.empty(),
              data,
              plan,
              new TrainingListener() {
                @Override
                public void epoch(Epoch epoch) {
                  told.add(epoch);
                }
              },
              Optional.empty());
      Watched watched = watched(trainer);
      float[] mean = new float[NETWORK.parameterCount()];
      for (int i = 0; i < mean.length; i++) {
        float third = watched.states.get(27L)[i];
        mean[i] = (float) (third + 0.5 * ((double) watched.states.get(36L)[i] - third));
      }
      assertEquals(score(watched.states.get(18L), held), told.get(1).validation().orElseThrow());
      assertEquals(score(watched.states.get(27L), held), told.get(2).validation().orElseThrow());
      assertEquals(score(mean, held), told.get(3).validation().orElseThrow());
      assertEquals(score(mean, held.first(300)).accuracy(), told.get(3).test().orElseThrow());
      Best best = watched.result.best().orElseThrow();
      assertEquals(4, best.epoch());
      assertArrayEquals(mean, best.parameters());
      assertArrayEquals(mean, watched.result.parameters());
      assertEquals(score(mean, held.first(300)).accuracy(), watched.result.test());
    }
  }

  private static Score score(float[] parameters, ImageSet images) {
    try (Session session = new CpuEngine(1).open(NETWORK, BATCH)) {
      session.setParameters(parameters);
      return new Evaluation(session, images).score();
    }
  }

  /** As long as there is no average, the last parameters count. */
  @Test
  void withoutAStateToAddTheParametersAreTheResult() {
    Watched plain = onJava(PLAN);

    Watched none = onJava(PLAN.withAverage(average("ema 0.9 every 37")));

    assertArrayEquals(plain.result.parameters(), none.result.parameters());
  }
}
