package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.Workload;
import org.aparanet.engine.opencl.kernel.KernelFields;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A buffer that Aparapi builds anew from the array on the Java heap has lost what came later. */
class LostMomentsTest {
  private static final Optimizer ADAM =
      new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.99f, 0, Float.POSITIVE_INFINITY);

  /** The opening, and the step before; the next is the way back of the step after it. */
  private static final int EXECUTES_BEFORE = 1 + 2 + 1;

  static Stream<Named<Function<KernelFields, float[]>>> arrays() {
    return Stream.of(
        Named.of("parameters, with running statistics", KernelFields::parameters),
        Named.of("first moments", KernelFields::firstMoments),
        Named.of("second moments", KernelFields::secondMoments));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void arrayThatWasBuiltAnewIsNoticed(Function<KernelFields, float[]> array) {
    Network network =
        NetworkText.parse(new Shape(1, 6, 6), "conv 3 3 nobias, batchnorm relu, dense 4");
    Workload workload = Workload.apartFromKinks(network, 4);
    TrainingState start = TrainingState.start(workload.parameters(), ADAM);
    AtomicInteger executes = new AtomicInteger();
    Launch disturbed =
        (kernel, range, passes) -> {
          if (executes.getAndIncrement() == EXECUTES_BEFORE) {
            kernel.put(array.apply(new KernelFields(kernel)));
          }
          Launch.APARAPI.execute(kernel, range, passes);
        };
    OpenClEngine engine = OpenClTestDevice.engine(HostMemory.SEPARATE);
    try (Session calm = engine.open(network, 4);
        Session session = engine.with(disturbed).open(network, 4)) {
      for (Session each : new Session[] {calm, session}) {
        each.load(workload.images());
        each.optimize(ADAM, 0);
        each.restore(start);
        step(each, workload);
      }
      step(calm, workload);
      assertThrows(StateLostException.class, () -> step(session, workload));

      session.restore(start);
      step(session, workload);
      step(session, workload);
      assertArrayEquals(calm.state().parameters(), session.state().parameters());
      assertArrayEquals(calm.state().secondMoments(), session.state().secondMoments());
    }
  }

  /** A call of the run below, and what it gives back. */
  private interface Call {
    List<float[]> on(Session session);
  }

  /** Whichever array it is and before whichever execute: no call gives a wrong result. */
  @ParameterizedTest
  @MethodSource("allArrays")
  void nothingWrongComesOutWheneverAnArrayIsBuiltAnew(Function<KernelFields, float[]> array) {
    Network network =
        NetworkText.parse(
            new Shape(1, 6, 6), "conv 3 3 nobias, batchnorm relu, dropout 0.3, dense 4");
    Workload workload = Workload.draw(network, 4, 1);
    List<Call> calls =
        List.of(
            session -> {
              step(session, workload);
              return List.of();
            },
            session -> infer(session, workload),
            session -> List.of(session.gradients()),
            session -> {
              step(session, workload);
              return List.of();
            },
            session -> List.of(session.gradients(), session.parameters()),
            session -> infer(session, workload),
            session -> {
              TrainingState state = session.state();
              return List.of(state.parameters(), state.firstMoments(), state.secondMoments());
            });
    int executes = 2 + 1 + 2 + 1;
    TrainingState start = TrainingState.start(workload.parameters(), ADAM);
    AtomicInteger left = new AtomicInteger(-1);
    Launch disturbed =
        (kernel, range, passes) -> {
          if (left.getAndDecrement() == 0) {
            kernel.put(array.apply(new KernelFields(kernel)));
          }
          Launch.APARAPI.execute(kernel, range, passes);
        };
    try (Session session =
        OpenClTestDevice.engine(HostMemory.SEPARATE).with(disturbed).open(network, 4)) {
      session.load(workload.images());
      session.optimize(ADAM, 1);
      session.restore(start);
      List<List<float[]>> expected = calls.stream().map(call -> call.on(session)).toList();
      int noticed = 0;
      for (int execute = 0; execute < executes; execute++) {
        session.restore(start);
        left.set(execute);
        try {
          for (int call = 0; call < calls.size(); call++) {
            List<float[]> actual = calls.get(call).on(session);
            for (int i = 0; i < actual.size(); i++) {
              int number = call;
              int before = execute;
              assertArrayEquals(
                  expected.get(call).get(i),
                  actual.get(i),
                  () -> "call " + number + ", lost before execute " + before);
            }
          }
        } catch (StateLostException e) {
          noticed++;
        }
        left.set(-1);
      }
      assertTrue(noticed > 0, "nothing was lost, so nothing was tested");
    }
  }

  static Stream<Named<Function<KernelFields, float[]>>> allArrays() {
    return Stream.concat(
        arrays(),
        Stream.of(
            Named.of("activations", KernelFields::activations),
            Named.of("gradients of the parameters", KernelFields::dParameters)));
  }

  /** What the device does not find as it was is noticed by the call that needs it first. */
  @Test
  void inferenceWithoutTheParametersFails() {
    Network network = NetworkText.parse(new Shape(1, 6, 6), "conv 3 3 relu, dense 4");
    Workload workload = Workload.draw(network, 4, 1);
    boolean[] disturb = new boolean[1];
    Launch disturbed =
        (kernel, range, passes) -> {
          if (disturb[0]) {
            kernel.put(new KernelFields(kernel).parameters());
          }
          Launch.APARAPI.execute(kernel, range, passes);
        };
    try (Session session =
        OpenClTestDevice.engine(HostMemory.SEPARATE).with(disturbed).open(network, 4)) {
      session.load(workload.images());
      session.setParameters(workload.parameters());
      step(session, workload);
      disturb[0] = true;
      String message =
          assertThrows(StateLostException.class, () -> infer(session, workload)).getMessage();
      assertTrue(message.contains("lost its state before the forward pass"), message);
    }
  }

  private static List<float[]> infer(Session session, Workload workload) {
    float[] logits = new float[4 * session.network().classes()];
    session.infer(workload.indices(), 0, 4, logits);
    return List.of(logits);
  }

  private static void step(Session session, Workload workload) {
    ReferenceLoss loss = new ReferenceLoss(workload.labels(4), session.network().classes());
    assertTrue(session.step(workload.indices(), 0, 4, loss, 0.01f));
  }
}
