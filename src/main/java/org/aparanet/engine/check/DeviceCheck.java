package org.aparanet.engine.check;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.model.Network.Tensor;

/**
 * Measures every operation of an engine against {@link ReferenceNetwork}, by nothing but what a
 * {@link Session} promises.
 */
public final class DeviceCheck {

  /** Large, so that an update is no small part of the parameters. */
  private static final float LEARNING_RATE = 4f;

  private final Engine engine;
  private final Map<CheckedOperation, Double> errors = new EnumMap<>(CheckedOperation.class);

  private DeviceCheck(Engine engine) {
    this.engine = engine;
  }

  /**
   * All cases: some seconds on a GPU, most of them for building kernels.
   *
   * @param engine of the device
   * @return what was found
   */
  public static CheckReport full(Engine engine) {
    return run(engine, CheckCase.ALL);
  }

  /**
   * A case or two for each operation.
   *
   * @param engine of the device
   * @return what was found
   */
  public static CheckReport brief(Engine engine) {
    return run(engine, CheckCase.ALL.stream().filter(CheckCase::brief).toList());
  }

  private static CheckReport run(Engine engine, List<CheckCase> cases) {
    DeviceCheck check = new DeviceCheck(engine);
    Optional<String> failure = Optional.empty();
    try {
      cases.forEach(check::measure);
    } catch (EngineException e) {
      failure = Optional.of(e.getMessage());
    }
    return new CheckReport(engine.device(), check.errors, failure);
  }

  private void measure(CheckCase example) {
    Workload workload = Workload.apartFromKinks(example.network(), example.batch());
    try (Session session = engine.open(example.network(), example.batch())) {
      session.load(workload.images());
      measure(example, workload, session, example.batch());
      measure(example, workload, session, example.ragged());
      if (example.optimizers()) {
        OptimizerCheck.run(workload, session).forEach(this::note);
      }
    }
  }

  private void measure(CheckCase example, Workload workload, Session session, int count) {
    ReferenceNetwork.Pass expected = workload.reference(count);
    session.setParameters(workload.parameters());
    session.optimize(Optimizer.SGD, 0);
    double[][] inference = workload.inference(workload.parameters(), count);
    CheckedOperation forward = example.operations().inference();
    note(forward, Workload.flat(inference), infer(session, workload, count));
    refusedStep(workload, session, count);
    step(example, workload, session, count, expected);
    gradients(example, session, expected);
    update(workload, session, count, expected);
  }

  private static float[] infer(Session session, Workload workload, int count) {
    float[] logits = new float[count * session.network().classes()];
    session.infer(workload.indices(), 0, count, logits);
    return logits;
  }

  /** A loss that is not finite must leave the parameters as they are. */
  private void refusedStep(Workload workload, Session session, int count) {
    boolean updated =
        session.step(
            workload.indices(),
            0,
            count,
            (logits, dLogits, offset, first, rows) -> false,
            LEARNING_RATE);
    boolean untouched = Arrays.equals(workload.parameters(), session.parameters());
    note(CheckedOperation.SOFTMAX_STEP, untouched && !updated ? 0 : Double.POSITIVE_INFINITY);
  }

  private void step(
      CheckCase example,
      Workload workload,
      Session session,
      int count,
      ReferenceNetwork.Pass expected) {
    ReferenceLoss loss = new ReferenceLoss(workload.labels(count), session.network().classes());
    boolean updated = session.step(workload.indices(), 0, count, loss, LEARNING_RATE);
    boolean once = Arrays.stream(loss.calls()).allMatch(calls -> calls == 1);
    note(example.operations().training(), Workload.flat(expected.logits()), loss.logits());
    note(CheckedOperation.SOFTMAX_STEP, once && updated ? 0 : Double.POSITIVE_INFINITY);
  }

  private void gradients(CheckCase example, Session session, ReferenceNetwork.Pass expected) {
    float[] gradients = session.gradients();
    List<Tensor> own = example.node().tensors();
    int learned = example.network().learnedCount();
    for (int i = 0; i < own.size() && own.get(i).offset() < learned; i++) {
      note(
          example.operations().backwardParameters().get(i),
          own.get(i),
          expected.gradient(),
          gradients);
    }
    example.network().nodes().stream()
        .limit(example.subject())
        .flatMap(node -> node.tensors().stream())
        .forEach(t -> note(example.operations().backwardData(), t, expected.gradient(), gradients));
  }

  /** The parameters after the step, as the host sees them and as the device goes on with them. */
  private void update(Workload workload, Session session, int count, ReferenceNetwork.Pass before) {
    float[] gradients = session.gradients();
    float[] updated = session.parameters();
    int learned = session.network().learnedCount();
    double[] expected = new double[learned];
    for (int i = 0; i < learned; i++) {
      expected[i] = workload.parameters()[i] - (double) LEARNING_RATE * gradients[i];
    }
    for (Tensor tensor : session.network().tensors()) {
      if (tensor.offset() >= learned) {
        note(CheckedOperation.BATCH_NORM_STATISTICS, tensor, before.statistics(), updated);
      }
    }
    note(CheckedOperation.UPDATE, expected, Arrays.copyOf(updated, learned));
    ReferenceNetwork.Pass after = workload.reference(updated, count);
    if (after.margin() > Workload.MARGIN) { // as it is wherever the network has no kinks
      double[][] inference = workload.inference(updated, count);
      note(CheckedOperation.UPDATE, Workload.flat(inference), infer(session, workload, count));
    }
  }

  private void note(CheckedOperation operation, Tensor tensor, double[] expected, float[] actual) {
    int from = tensor.offset();
    int to = from + tensor.size();
    note(operation, Arrays.copyOfRange(expected, from, to), Arrays.copyOfRange(actual, from, to));
  }

  private void note(CheckedOperation operation, double[] expected, float[] actual) {
    note(operation, RelativeError.of(expected, actual));
  }

  private void note(CheckedOperation operation, double error) {
    errors.merge(operation, error, Math::max);
  }
}
