package org.aparanet.engine.cpu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pieces of a slice's passes, and who has most of them. */
class LanePassesTest {

  /** Eight pieces in four parts: two for each of four members, half for two, six for three. */
  @Test
  void busiestMember() {
    LanePasses pass = new LanePasses(true, 8, 80);
    assertEquals(20, pass.busiest(4, 4));
    assertEquals(40, pass.busiest(4, 2));
    assertEquals(40, pass.busiest(4, 3));
    assertEquals(40, new LanePasses(true, 2, 80).busiest(16, 8), "two pieces for eight");
    assertEquals(80, new LanePasses(false, 8, 80).busiest(4, 4), "not divided");
  }

  /** As many parts of a filter's gradient have work as the layer has scratch for. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void piecesOfTheFiltersGradient(int parts) {
    Assumptions.assumeTrue(LaneSupport.present(), "slices are divided where there are vectors");
    Network network =
        NetworkText.parse(
            new Shape(64, 20, 20), "conv 64 3 same, conv 48 3 same, globalpool, dense 3");
    int lanes = LaneSupport.operations().lanes();
    LaneLayers layers = new LaneLayers(network, lanes, parts, WholeBatch.LARGE);
    List<LanePasses> passes = LanePasses.of(network, parts);
    int[] gradients = {1, 3}; // behind the first forward pass, and behind the second one's
    for (int i = 0; i < gradients.length; i++) {
      LaneConvolution layer = (LaneConvolution) layers.all().get(i);
      int pieces = passes.get(gradients[i]).pieces();
      long busy =
          IntStream.range(0, parts)
              .filter(part -> pieces * (part + 1) / parts > pieces * part / parts)
              .count();
      assertEquals(
          IntStream.range(0, parts).filter(part -> layer.filterScratch(part) > 0).count(),
          busy,
          network.nodes().get(i).layer().text());
    }
  }
}
