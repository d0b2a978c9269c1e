package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.aparanet.engine.HeldArrays;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.engine.opencl.kernel.DeviceState;
import org.aparanet.engine.opencl.plan.PassTableBuilder;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory that the OpenCL engine states is what its sessions allocate. */
class OpenClMemoryTest {
  private static final Optimizer ADAM =
      new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.999f, 0, Float.POSITIVE_INFINITY);

  @ParameterizedTest
  @EnumSource(HostMemory.class)
  void isWhatASessionAllocates(HostMemory access) throws Exception {
    OpenClEngine engine = OpenClTestDevice.engine(access);
    Network network = NamedNetwork.RESNET20.network(new Shape(3, 48, 48), 10);
    TrainingMemory memory = engine.memory(network, 9, Optimizer.Rule.ADAM).orElseThrow();

    try (Session session = engine.open(network, 9)) {
      session.optimize(ADAM, 0);
      long held = HeldArrays.numbers(session);
      assertEquals(held, memory.total(), 0.01 * held);
    }
  }

  static Stream<Network> photographs() {
    Shape small = new Shape(3, 64, 64);
    return Stream.of(
        NamedNetwork.DEEP.network(small, 10), NamedNetwork.RESNET18.network(small, 10));
  }

  /** On a processor and on a large card: the latter has sums cut into more parts. */
  @ParameterizedTest
  @MethodSource("photographs")
  void growsAtMostAsPixelsAndBatchDo(Network small) {
    Network large = NetworkText.parse(new Shape(3, 128, 128), small.text());
    for (int groups : new int[] {2, 1000}) {
      long before = elements(small, 4, groups);
      long wider = elements(large, 4, groups);
      long more = elements(small, 16, groups);
      assertTrue(wider <= 4 * before, before + " at 64 x 64, " + wider + " at 128 x 128");
      assertTrue(more <= 4 * before, before + " for 4 images, " + more + " for 16");
    }
  }

  private static long elements(Network network, int batch, int groups) {
    DeviceState.Layout layout = PassTableBuilder.table(network, batch, groups).layout();
    return (long) layout.activations()
        + layout.gradients()
        + layout.partials()
        + layout.passes().length;
  }
}
