package org.aparanet.engine.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.CifarFile;
import org.aparanet.engine.HeadRateFile;
import org.aparanet.model.Network;
import org.aparanet.train.LearningRateSchedule;
import org.aparanet.train.Recipe;
import org.aparanet.train.TrainingPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle itself against PyTorch, both in double precision, with the recipes of CIFAR-10. */
class ReferenceCifarTest {
  @Test
  void isFollowedWithAPartOfTheChannels() {
    follow(new CifarFile("cifar-small-narrow"));
  }

  /** Without cifar-best, of which this would take minutes. */
  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"cifar-best-narrow", "cifar-small"})
  void isFollowed(String name) {
    follow(new CifarFile(name));
  }

  private static void follow(CifarFile run) {
    Network network = run.network();
    ImageSet images = run.images();
    TrainingPlan plan = Recipe.valueOf(run.recipe()).plan();
    double[] parameters = HeadRateFile.doubles(run.initial());
    ReferenceNetwork reference = new ReferenceNetwork(network);
    ReferenceOptimizer optimizer =
        new ReferenceOptimizer(plan.optimizer(), parameters.length, network.headFrom());
    double[] losses = new double[run.losses().length];
    LearningRateSchedule.Run length = new LearningRateSchedule.Run(losses.length, losses.length);
    for (int step = 0; step < losses.length; step++) {
      int from = step * run.batch();
      int[] labels = IntStream.range(from, from + run.batch()).map(images::label).toArray();
      double[][] inputs =
          IntStream.range(from, from + run.batch())
              .mapToObj(image -> ReferenceNetwork.pixels(network, images, image))
              .toArray(double[][]::new);
      ReferenceNetwork.Pass pass = reference.run(parameters, inputs, labels, plan.labelSmoothing());
      losses[step] = pass.loss();
      parameters = pass.statistics();
      float rate = (float) (run.learningRate() * plan.schedule().factor(step, length));
      optimizer.step(parameters, pass.gradient(), network.learnedCount(), rate);
    }
    run.assertLosses(losses, losses.length, 1e-12, 0);
    run.assertFinal(parameters, 3e-8); // running statistics move by 0.1f, not by 0.1
    double[] first = ReferenceNetwork.pixels(network, images, 0);
    double[] expected = Arrays.copyOf(run.inferred(), network.classes());
    double[] logits = reference.infer(parameters, new double[][] {first})[0];
    assertArrayEquals(expected, logits, 5e-7); // so do these, of up to 5, layer by layer
  }
}
