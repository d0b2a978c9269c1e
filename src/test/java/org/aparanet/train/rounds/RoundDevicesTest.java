package org.aparanet.train.rounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.train.Rounds;
import org.aparanet.train.Shares;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounds of several sessions on the Java engine. */
class RoundDevicesTest {
  static final String ARTICLE = "conv 16 3 nobias, pool 2, dense 10";
  static final String LENET =
      "conv 6 5 pad 2 relu, pool 2, conv 16 5 relu, pool 2, dense 120 relu, dense 84 relu, dense 10";
  static final String RESIDUAL =
      "conv 6 3 same relu, pool 2, [conv 6 3 same relu, conv 6 3 same] relu, "
          + "conv 9 3 stride 2 pad 1, avgpool 3 stride 2 relu, globalpool, dense 10";

  /** 1,280 of them: 20 batches of 64. */
  private static final ImageSet IMAGES = ReferenceFile.images();

  private final List<Session> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Session::close);
  }

  private List<Session> sessions(Network network, int batch, int count) {
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sessions.add(new CpuEngine(1).open(network, batch));
    }
    opened.addAll(sessions);
    return sessions;
  }

  private static Network network(String text) {
    return NetworkText.parse(IMAGES.shape(), text);
  }

  private static TrainingPlan plan(Optimizer.Rule rule, float learningRate) {
    float momentum = rule == Optimizer.Rule.SGD ? 0 : 0.9f;
    Optimizer optimizer = new Optimizer(rule, momentum, 0, 0.001f, Float.POSITIVE_INFINITY);
    return TrainingPlan.of(10, 64, learningRate).withSeed(3).withOptimizer(optimizer);
  }

  /** Without ReLU rounding decides nothing, so that 200 steps stay together. */
  @ParameterizedTest
  @EnumSource(names = {"SGD", "MOMENTUM", "NESTEROV"})
  void aWholeRunIsThatOfOneDevice(Optimizer.Rule rule) {
    Network network = network(ARTICLE);
    TrainingPlan plan = plan(rule, rule == Optimizer.Rule.SGD ? 0.05f : 0.01f);
    RoundRuns.Told expected = new RoundRuns.Told();
    RoundRuns.Told found = new RoundRuns.Told();

    TrainingResult one = RoundRuns.one(sessions(network, 64, 1).get(0), IMAGES, plan, expected);
    TrainingResult two =
        RoundRuns.several(
            sessions(network, 64, 2),
            IMAGES,
            plan.withRounds(new Rounds(Shares.parse("3:1"), 1)),
            found);

    assertEquals(200, found.losses.size());
    for (int i = 0; i < 200; i++) {
      assertEquals(expected.losses.get(i), found.losses.get(i), 1e-6, "step " + (i + 1));
    }
    assertEquals(0, RoundRuns.largest(one.parameters(), two.parameters()), 1e-5);
  }

  /**
   * Behind ReLU, rounding decides on which side of 0 an input lies, and a network that starts an
   * ulp away goes its own way within 200 steps; so each step starts anew from the state of the one
   * device.
   */
  @ParameterizedTest
  @ValueSource(strings = {ARTICLE, LENET, RESIDUAL})
  void everyStepIsThatOfOneDevice(String text) {
    Network network = network(text);
    for (Optimizer.Rule rule :
        List.of(Optimizer.Rule.SGD, Optimizer.Rule.MOMENTUM, Optimizer.Rule.NESTEROV)) {
      TrainingPlan plan = plan(rule, rule == Optimizer.Rule.SGD ? 0.05f : 0.01f);
      double[] differences =
          RoundRuns.differences(
              sessions(network, 64, 1).get(0),
              sessions(network, 64, 2),
              IMAGES,
              plan.withRounds(new Rounds(Shares.equal(2), 1)));
      assertEquals(0, differences[0], 1e-12, rule + ": loss");
      assertEquals(0, differences[1], 1e-6, rule + ": state");
    }
  }

  /** What is random in a share goes with the share. */
  @Test
  void whoComputesAShareDoesNotShow() {
    Network network = network("conv 4 5 stride 2, batchnorm relu, dropout 0.3, dense 10");
    TrainingPlan plan =
        TrainingPlan.of(2, 50, 0.01f)
            .withOptimizer(new Optimizer(Optimizer.Rule.ADAMW, 0.9f, 0.999f, 0.01f, 1))
            .withAugmentation(Augmentation.parse("shift 2, rotate 10"))
            .withRounds(new Rounds(Shares.parse("2:1:3"), 4));
    float[] expected = several(network, plan, 3).parameters();
    for (int devices = 1; devices <= 4; devices++) {
      assertArrayEquals(
          expected, several(network, plan, devices).parameters(), devices + " devices");
    }
  }

  private TrainingResult several(Network network, TrainingPlan plan, int devices) {
    return RoundRuns.several(
        sessions(network, plan.batch(), devices), IMAGES, plan, new RoundRuns.Told());
  }

  /** An image of an augmented batch is changed as on one device. */
  @Test
  void augmentationIsThatOfOneDevice() {
    Network network = network(ARTICLE);
    TrainingPlan plan =
        plan(Optimizer.Rule.SGD, 0.05f)
            .withAugmentation(Augmentation.parse("shift 2, rotate 10, flip"));
    RoundRuns.Told expected = new RoundRuns.Told();
    RoundRuns.Told found = new RoundRuns.Told();
    RoundRuns.one(sessions(network, 64, 1).get(0), IMAGES.first(300), plan, expected);
    RoundRuns.several(
        sessions(network, 64, 2),
        IMAGES.first(300),
        plan.withRounds(new Rounds(Shares.parse("2:3"), 1)),
        found);
    assertEquals(50, found.losses.size());
    for (int i = 0; i < 50; i++) {
      assertEquals(expected.losses.get(i), found.losses.get(i), 1e-6, "step " + (i + 1));
    }
  }

  /**
   * A batch of 1, the last of 21 images in batches of 20, has an image for the second share only.
   */
  @Test
  void aShareWithoutImagesOfTheLastBatchDoesNotCount() {
    Network network = network(ARTICLE);
    TrainingPlan plan = plan(Optimizer.Rule.MOMENTUM, 0.01f);
    plan =
        TrainingPlan.of(2, 20, 0.01f)
            .withOptimizer(plan.optimizer())
            .withRounds(new Rounds(Shares.equal(2), 1));
    double[] differences =
        RoundRuns.differences(
            sessions(network, 20, 1).get(0), sessions(network, 20, 2), IMAGES.first(21), plan);
    assertTrue(differences[1] < 1e-6, "state " + differences[1]);
  }

  /** Six shares of 64 images, and a last batch of 63 of which none may have more than that. */
  @Test
  void everyImageOfTheLastBatchIsTrainedWith() {
    Network network = network(ARTICLE);
    TrainingPlan plan = TrainingPlan.of(2, 64, 0.01f).withRounds(new Rounds(Shares.equal(6), 1));
    RoundRuns.Told expected = new RoundRuns.Told();
    RoundRuns.Told found = new RoundRuns.Told();
    RoundRuns.one(sessions(network, 64, 1).get(0), IMAGES.first(127), plan, expected);
    RoundRuns.several(sessions(network, 64, 6), IMAGES.first(127), plan, found);
    assertEquals(4, found.losses.size());
    for (int i = 0; i < 4; i++) {
      assertEquals(expected.losses.get(i), found.losses.get(i), 1e-6, "step " + (i + 1));
    }
  }
}
