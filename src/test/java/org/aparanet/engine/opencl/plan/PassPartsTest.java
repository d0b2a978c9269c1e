package org.aparanet.engine.opencl.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.TestNetwork;
import org.aparanet.engine.TestNetworks;
import org.aparanet.engine.support.StepParts;
import org.aparanet.model.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A profile books every pass on a part of the step, whatever layers a network has. */
class PassPartsTest {

  static Stream<TestNetwork> networks() {
    return TestNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyPassBelongsToAPartOfTheStep(TestNetwork of) {
    Network network = of.network();
    PassTable table = PassTableBuilder.table(network, of.batch(), 8);
    PassParts parts = new PassParts(table, new StepParts(network, of.batch()), of.batch());
    for (PassTable.Passes passes : List.of(table.forward(), table.backward(), table.clipped())) {
      for (int pass = passes.first(); pass < passes.first() + passes.count(); pass++) {
        StepPart part = parts.of(pass, 7);
        assertEquals(7, part.nanos(), part.name());
      }
    }
  }
}
