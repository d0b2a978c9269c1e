package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.aparanet.engine.HeldArrays;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.Workload;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory that the Java engine states is what its sessions allocate. */
class CpuMemoryTest {
  private static final int MOST_STEPS = 100;
  private static final Optimizer ADAM =
      new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.999f, 0, Float.POSITIVE_INFINITY);

  static Stream<Arguments> sessions() {
    Network deep = NamedNetwork.DEEP.network(new Shape(3, 64, 64), 10);
    Network residual = NamedNetwork.RESNET20.network(new Shape(3, 48, 48), 10);
    Network first =
        NetworkText.parse(
            new Shape(3, 112, 112),
            "conv 64 7 stride 2 pad 3, batchnorm, relu, pool 3 stride 2 pad 1, [ conv 64 3 same,"
                + " batchnorm, relu, conv 64 3 same, batchnorm ], relu, dropout 0.1, globalpool,"
                + " dense 10");
    Network narrow =
        NetworkText.parse(
            new Shape(3, 32, 32), "conv 64 1 relu, conv 256 1 relu, conv 64 3 stride 2, dense 10");
    Network dense =
        NetworkText.parse(new Shape(3, 32, 32), "conv 8 1 relu, dense 512 relu, dense 10");
    Network wide = NetworkText.parse(new Shape(1, 7, 7), "dense 9000 relu, dense 30");
    return Stream.of(deep, residual, first, narrow, dense, wide)
        .flatMap(
            network ->
                Stream.of(Arithmetic.AUTO, Arithmetic.SCALARS)
                    .flatMap(
                        arithmetic ->
                            Stream.of(4, 50)
                                .map(batch -> Arguments.of(network, arithmetic, batch))));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void isWhatASessionAllocates(Network network, Arithmetic arithmetic, int batch) throws Exception {
    CpuEngine engine = new CpuEngine(2, arithmetic);
    TrainingMemory memory = engine.memory(network, batch, Optimizer.Rule.ADAM).orElseThrow();

    try (Session session = engine.open(network, batch)) {
      session.optimize(ADAM, 0);
      // vectors have tables of indices, which are not counted; plain Java has positions of maxima
      boolean plain = arithmetic == Arithmetic.SCALARS;
      long held =
          plain
              ? HeldArrays.numbers(session)
              : heldAfterSteps(session, network, batch, memory.total());
      assertEquals(held, memory.total(), 0.01 * held);
      assertTrue(HeldArrays.numbers(session) < 1.05 * held);
    }
  }

  /**
   * Bytes of floats of a session. Filters are packed in the first step, and a thread has scratch
   * from its first task on, which on a busy machine may be one of a later step.
   */
  private static long heldAfterSteps(Session session, Network network, int batch, long stated)
      throws Exception {
    Workload workload = Workload.draw(network, batch, 1);
    session.load(workload.images());
    ReferenceLoss loss = new ReferenceLoss(workload.labels(batch), network.classes());
    long held = 0;
    for (int step = 0; held < 0.99 * stated && step < MOST_STEPS; step++) {
      assertTrue(session.step(workload.indices(), 0, batch, loss, 1e-9f));
      held = HeldArrays.floats(session);
    }
    return held;
  }

  static Stream<Network> photographs() {
    Shape small = new Shape(3, 64, 64);
    return Stream.of(
        NamedNetwork.DEEP.network(small, 10), NamedNetwork.RESNET18.network(small, 10));
  }

  /** Four times the pixels take at most four times the memory, tables and all. */
  @ParameterizedTest
  @MethodSource("photographs")
  void growsAtMostAsThePixelsDo(Network small) throws Exception {
    Network large = NetworkText.parse(new Shape(3, 128, 128), small.text());
    long parameters = Float.BYTES * (long) small.parameterCount();

    long before = numbers(small, 16);
    long behind = numbers(large, 16);

    assertTrue(behind <= 4 * before, before + " at 64 x 64, " + behind + " at 128 x 128");
    assertTrue(before > parameters, "not only the parameters are counted");
  }

  private static long numbers(Network network, int batch) throws Exception {
    try (Session session = new CpuEngine(1).open(network, batch)) {
      return HeldArrays.numbers(session);
    }
  }

  /** A batch of four times the images takes at most four times the memory for activations. */
  @ParameterizedTest
  @MethodSource("photographs")
  void growsAtMostAsTheBatchDoes(Network network) {
    for (Arithmetic arithmetic : List.of(Arithmetic.IMAGES, Arithmetic.SCALARS)) {
      CpuEngine engine = new CpuEngine(2, arithmetic);
      long one = engine.memory(network, 16, Optimizer.Rule.SGD).orElseThrow().activations();
      long four = engine.memory(network, 64, Optimizer.Rule.SGD).orElseThrow().activations();

      assertTrue(four <= 4 * one, one + " for 16 images, " + four + " for 64");
    }
  }
}
