package org.aparanet.engine.check;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Optimizer.Rule;
import org.aparanet.engine.Session;

/** Measures how each optimizer moves the parameters, in a few steps. */
final class OptimizerCheck {
  private static final int STEPS = 3;

  /** So that a head that takes the rate of the other layers, or they its own, is seen. */
  private static final double HEAD_FACTOR = 0.5;

  /** The same for the weight decay. */
  private static final double HEAD_DECAY_FACTOR = 0.25;

  private static final float NONE = Float.POSITIVE_INFINITY;

  /** One optimizer for each operation, with a rate at which its steps are no small ones. */
  private enum Measured {
    WEIGHT_DECAY(CheckedOperation.WEIGHT_DECAY, new Optimizer(Rule.SGD, 0, 0, 0.5f, NONE), 0.5f),
    CLIPPING(CheckedOperation.GRADIENT_CLIPPING, new Optimizer(Rule.SGD, 0, 0, 0, 0.05f), 20f),
    MOMENTUM(CheckedOperation.MOMENTUM, new Optimizer(Rule.MOMENTUM, 0.9f, 0, 0, NONE), 0.5f),
    NESTEROV(CheckedOperation.NESTEROV, new Optimizer(Rule.NESTEROV, 0.9f, 0, 0, NONE), 0.5f),
    ADAM(CheckedOperation.ADAM, new Optimizer(Rule.ADAM, 0.9f, 0.99f, 0, NONE), 0.2f),
    ADAMW(CheckedOperation.ADAMW, new Optimizer(Rule.ADAMW, 0.9f, 0.99f, 0.5f, NONE), 0.2f);

    private final CheckedOperation operation;
    private final Optimizer optimizer;
    private final float rate;

    Measured(CheckedOperation operation, Optimizer optimizer, float rate) {
      this.operation = operation;
      this.optimizer = optimizer;
      this.rate = rate;
    }
  }

  private OptimizerCheck() {}

  /** The relative error of each optimizer's way, from the workload's parameters. */
  static Map<CheckedOperation, Double> run(Workload workload, Session session) {
    Map<CheckedOperation, Double> errors = new EnumMap<>(CheckedOperation.class);
    for (Measured measured : Measured.values()) {
      errors.put(measured.operation, error(measured, workload, session));
    }
    return errors;
  }

  private static double error(Measured measured, Workload workload, Session session) {
    float[] start = workload.parameters();
    double[] expected = doubles(start);
    int head = workload.network().headFrom();
    Optimizer optimizer = measured.optimizer.withHeadFactors(HEAD_FACTOR, HEAD_DECAY_FACTOR);
    ReferenceOptimizer reference = new ReferenceOptimizer(optimizer, start.length, head);
    int count = session.batch();
    int learned = session.network().learnedCount();
    session.setParameters(start);
    session.optimize(optimizer, 0);
    for (int step = 0; step < STEPS; step++) {
      ReferenceLoss loss = new ReferenceLoss(workload.labels(count), session.network().classes());
      session.step(workload.indices(), 0, count, loss, measured.rate);
      // with the session's own gradients, which are measured elsewhere
      reference.step(expected, doubles(session.gradients()), learned, measured.rate);
    }
    float[] moved = session.parameters();
    float[] way = new float[start.length];
    for (int i = 0; i < way.length; i++) {
      way[i] = moved[i] - start[i];
      expected[i] -= start[i];
    }
    return RelativeError.of(expected, way);
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
