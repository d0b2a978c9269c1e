package org.aparanet.train.rounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.train.Rounds;
import org.aparanet.train.Shares;
import org.aparanet.train.Trainer;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundDevicesTest {
  private static final ImageSet IMAGES = ReferenceFile.images();

  /** 20 steps an epoch, 10 epochs. */
  private static final TrainingPlan PLAN = TrainingPlan.of(10, 64, 0.05f).withSeed(3);

  private record Run(TrainingResult result, List<Double> losses) {}

  private static Run run(Network network, TrainingPlan plan, int devices) {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            losses.add(step.loss());
          }
        };
    TrainingData data = new TrainingData(IMAGES, Optional.empty(), IMAGES.first(100));
    List<Session> sessions = new ArrayList<>();
    try {
      for (int i = 0; i < devices; i++) {
        sessions.add(new CpuEngine(1).open(network, plan.batch()));
      }
      Trainer trainer =
          devices == 1 && !plan.rounds().areDivided()
              ? new Trainer(
                  sessions.get(0), Optional.empty(), data, plan, listener, Optional.empty())
              : new Trainer(
                  (told, start) -> new RoundDevices(sessions, data, plan, told, start),
                  network,
                  data,
                  plan,
                  listener,
                  Optional.empty());
      float[] start = Initialization.suited(network).draw(network, 1);
      return new Run(trainer.run(start), losses);
    } finally {
      sessions.forEach(Session::close);
    }
  }

  private static Network network(String text) {
    return NetworkText.parse(IMAGES.shape(), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "conv 16 3 nobias, pool 2, dense 10; SGD; 0",
        "conv 16 3 nobias, pool 2, dense 10; MOMENTUM; 0.001",
        "conv 16 3 nobias, pool 2, dense 10; NESTEROV; 0",
        "conv 6 5 pad 2 relu, pool 2, conv 16 5 relu, pool 2, dense 120 relu, dense 84 relu, dense 10; SGD; 0",
        "conv 6 5 pad 2 relu, pool 2, conv 16 5 relu, pool 2, dense 120 relu, dense 84 relu, dense 10; MOMENTUM; 0",
        "conv 6 5 pad 2 relu, pool 2, conv 16 5 relu, pool 2, dense 120 relu, dense 84 relu, dense 10; NESTEROV; 0.001",
        "conv 6 3 same relu, pool 2, [conv 6 3 same relu, conv 6 3 same] relu, conv 9 3 stride 2 pad 1, avgpool 3 stride 2 relu, globalpool, dense 10; NESTEROV; 0.001",
      })
  void roundsOfOneStepAreOneDeviceWithTheWholeBatch(String text, Optimizer.Rule rule, float decay) {
    float momentum = rule == Optimizer.Rule.SGD ? 0 : 0.9f;
    TrainingPlan plan =
        TrainingPlan.of(10, 64, rule == Optimizer.Rule.SGD ? 0.05f : 0.005f)
            .withSeed(3)
            .withOptimizer(new Optimizer(rule, momentum, 0, decay, Float.POSITIVE_INFINITY));
    Network network = network(text);
    Run one = run(network, plan, 1);
    Run two = run(network, plan.withRounds(new Rounds(Shares.parse("3:1"), 1)), 2);

    assertEquals(200, one.losses().size());
    double loss = 0;
    for (int i = 0; i < 200; i++) {
      loss = Math.max(loss, Math.abs(one.losses().get(i) - two.losses().get(i)));
    }
    double parameters = 0;
    for (int i = 0; i < one.result().parameters().length; i++) {
      parameters =
          Math.max(
              parameters, Math.abs(one.result().parameters()[i] - two.result().parameters()[i]));
    }
    System.out.printf("%s %s: %g %g%n", text, rule, loss, parameters);
    assertTrue(loss < 1e-5, "losses differ by " + loss);
    assertTrue(parameters < 1e-5, "parameters differ by " + parameters);
  }

  @Test
  void whoComputesAShareDoesNotShow() {
    Network network = network("conv 4 5 stride 2, batchnorm relu, dropout 0.3, dense 10");
    TrainingPlan plan =
        TrainingPlan.of(2, 50, 0.01f)
            .withOptimizer(new Optimizer(Optimizer.Rule.ADAMW, 0.9f, 0.999f, 0.01f, 1))
            .withRounds(new Rounds(Shares.parse("2:1:3"), 4));
    float[] three = run(network, plan, 3).result().parameters();
    assertArrayEquals(three, run(network, plan, 3).result().parameters());
    assertArrayEquals(three, run(network, plan, 2).result().parameters());
    assertArrayEquals(three, run(network, plan, 1).result().parameters());
  }
}
