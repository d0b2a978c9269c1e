package org.aparanet.train;

import java.util.Optional;
import java.util.function.Supplier;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Session;

/** Trainers for tests: without validation images and without checkpoints. */
public final class Trainers {
  private Trainers() {}

  /** A trainer without another device to fall back to. */
  public static Trainer of(
      Session session,
      ImageSet train,
      ImageSet test,
      TrainingPlan plan,
      TrainingListener listener) {
    return of(session, Optional.empty(), train, test, plan, listener);
  }

  /** A trainer with another device to fall back to, or none. */
  public static Trainer of(
      Session session,
      Optional<Supplier<Session>> fallback,
      ImageSet train,
      ImageSet test,
      TrainingPlan plan,
      TrainingListener listener) {
    return new Trainer(
        session,
        fallback,
        new TrainingData(train, Optional.empty(), test),
        plan,
        listener,
        Optional.empty());
  }
}
