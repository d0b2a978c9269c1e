package org.aparanet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.CifarFile;
import org.aparanet.engine.Engine;
import org.aparanet.engine.HeadRateFile;
import org.aparanet.engine.Session;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every engine must follow the recipes of CIFAR-10, with their optimizer, schedule and label
 * smoothing, as PyTorch trained them in double precision: those with a part of their channels in
 * all tests, and the whole ones in the long tests.
 *
 * <p>A step's batch has 0.4 to 2.7 million ReLU inputs, of which now and then one lies so near to 0
 * that rounding decides on which side. What follows grows from step to step: PyTorch's own single
 * precision is off by up to 1e-7 in the first steps, and at the end by 3e-6 of the narrow networks'
 * losses and 6e-4 of the whole ones'. {@code ReferenceCifarTest} follows in double precision to the
 * end.
 */
@Tag("trajectory")
public abstract class CifarTrajectory {
  private static final int FIRST = 3;
  private static final double LOSS_TOLERANCE = 1e-6;
  private static final double LATER_LOSS_TOLERANCE = 2e-3;
  private static final double WAY_TOLERANCE = 0.1;
  private static final double LOGITS_TOLERANCE = 0.01;

  /** The engine under test. */
  protected abstract Engine engine();

  @ParameterizedTest
  @ValueSource(strings = {"cifar-small-narrow", "cifar-best-narrow"})
  public void isFollowedWithAPartOfTheChannels(String name) {
    follow(new CifarFile(name));
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"cifar-small", "cifar-best"})
  public void isFollowed(String name) {
    follow(new CifarFile(name));
  }

  private void follow(CifarFile run) {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            losses.add(step.loss());
          }
        };
    try (Session session = engine().open(run.network(), run.batch())) {
      float[] parameters =
          Trainers.of(session, run.images(), run.images().first(1), plan(run), listener)
              .run(run.initial())
              .parameters();
      session.load(run.images());
      float[] logits = new float[run.batch() * 10];
      session.infer(IntStream.range(0, run.batch()).toArray(), 0, run.batch(), logits);

      run.assertLosses(
          losses.stream().mapToDouble(loss -> loss).toArray(),
          FIRST,
          LOSS_TOLERANCE,
          LATER_LOSS_TOLERANCE);
      run.assertFinal(HeadRateFile.doubles(parameters), WAY_TOLERANCE);
      run.assertInferred(logits, LOGITS_TOLERANCE);
    }
  }

  /** The recipe's plan for an epoch in the images' order, with the run's batch and rate. */
  private static TrainingPlan plan(CifarFile run) {
    TrainingPlan recipe = Recipe.valueOf(run.recipe()).plan();
    return TrainingPlan.of(1, run.batch(), run.learningRate())
        .withShuffle(false)
        .withOptimizer(recipe.optimizer())
        .withSchedule(recipe.schedule())
        .withLabelSmoothing(recipe.labelSmoothing())
        .withAugmentation(Augmentation.NONE);
  }
}
