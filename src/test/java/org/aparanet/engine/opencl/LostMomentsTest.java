package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.Workload;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A buffer that Aparapi builds anew from the array on the Java heap has lost what came later. */
class LostMomentsTest {
  private static final Optimizer ADAM =
      new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.99f, 0, Float.POSITIVE_INFINITY);

  /** The opening, and the step before; the next is the way back of the step after it. */
  private static final int EXECUTES_BEFORE = 1 + 2 + 1;

  static Stream<Named<Function<TrainingKernel, float[]>>> arrays() {
    return Stream.of(
        Named.of("parameters, with running statistics", kernel -> kernel.parameters),
        Named.of("first moments", kernel -> kernel.firstMoments),
        Named.of("second moments", kernel -> kernel.secondMoments));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void arrayThatWasBuiltAnewIsNoticed(Function<TrainingKernel, float[]> array) {
    Network network =
        NetworkText.parse(new Shape(1, 6, 6), "conv 3 3 nobias, batchnorm relu, dense 4");
    Workload workload = Workload.apartFromKinks(network, 4);
    TrainingState start = TrainingState.start(workload.parameters(), ADAM);
    AtomicInteger executes = new AtomicInteger();
    Launch disturbed =
        (kernel, range, passes) -> {
          if (executes.getAndIncrement() == EXECUTES_BEFORE) {
            kernel.put(array.apply((TrainingKernel) kernel));
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

  private static void step(Session session, Workload workload) {
    ReferenceLoss loss = new ReferenceLoss(workload.labels(4), session.network().classes());
    assertTrue(session.step(workload.indices(), 0, 4, loss, 0.01f));
  }
}
