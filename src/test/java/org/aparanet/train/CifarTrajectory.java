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
 * <p>A step's batch has 0.2 to 2.2 million ReLU inputs, of which now and then one lies so near to 0
 * that rounding decides on which side. What follows grows from step to step: PyTorch's own single
 * precision is off by up to 1e-7 in the first step, and in the last one by 2e-6 of the narrow
 * networks' losses and 1e-4 of the whole ones'; of the way of a tensor by 7e-4 and 0.04. The Java
 * engine in plain Java is off by 1e-4 in the tenth step of one of the narrow ones, other ways of
 * computing are not.
 */
@Tag("trajectory")
public abstract class CifarTrajectory {
  private static final int FIRST = 2;
  private static final double LOSS_TOLERANCE = 5e-6;

  /**
   * How far the end may be off.
   *
   * @param loss of a loss after the first two, as a part of it
   * @param way of what a tensor's samples went, as a part of its length
   * @param logits of inference, as a part of their norm
   */
  private record Tolerance(double loss, double way, double logits) {}

  private static final Tolerance NARROW = new Tolerance(2e-3, 0.1, 0.01);
  private static final Tolerance WHOLE = new Tolerance(1e-3, 0.15, 0.01);

  /** The engine under test. */
  protected abstract Engine engine();

  @ParameterizedTest
  @ValueSource(strings = {"cifar-small-narrow", "cifar-best-narrow"})
  public void isFollowedWithAPartOfTheChannels(String name) {
    follow(new CifarFile(name), NARROW);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"cifar-small", "cifar-best"})
  public void isFollowed(String name) {
    follow(new CifarFile(name), WHOLE);
  }

  private void follow(CifarFile run, Tolerance tolerance) {
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
          tolerance.loss());
      run.assertFinal(HeadRateFile.doubles(parameters), tolerance.way());
      run.assertInferred(logits, tolerance.logits());
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
