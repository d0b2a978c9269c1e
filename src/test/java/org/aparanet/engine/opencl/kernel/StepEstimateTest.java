package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.List;
import org.aparanet.engine.opencl.kernel.PassEstimate.Limit;
import org.aparanet.engine.opencl.plan.PassTable;
import org.aparanet.engine.opencl.plan.PassTableBuilder;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

class StepEstimateTest {
  /**
   * Ten units at 1 GHz that begin four instructions a cycle: 40,000 in a microsecond. A launch
   * costs the host 7 us, an execute 5, a readback 3 and the loss of an image 1.
   */
  private static final Card ROUND = new Card("round", 10, 1, 128, 100, 1000, 10, 7, 5, 3, 1000);

  @Test
  void theDocumentationHasTheTablesOfTheseKernels() throws Exception {
    assertEquals(
        StepEstimates.of(Card.H100),
        StepEstimates.written(Files.readString(StepEstimates.PAGE)),
        "docs/performance.md is out of date: mvn -q -Pestimate -Destimate=--write");
  }

  /** 20 groups of four warps with 8,500 instructions, 34,000 of which begin in a microsecond. */
  @Test
  void instructionsAreTheLimitOfManyGroups() {
    assertPass(22, Limit.ISSUE, new RowCost(20, 8500, 1000, 3, 1000, 0));
  }

  /** 21 groups of ten units: three on one of them, where 2.1 would be even. */
  @Test
  void theUnitWithTheMostGroupsCounts() {
    assertPass(33, Limit.ISSUE, new RowCost(21, 8500, 1000, 3, 1000, 0));
  }

  /** Sixty groups, three of which a unit holds, are two rounds. */
  @Test
  void waitsAddUpOverTheRounds() {
    assertPass(44, Limit.LATENCY, new RowCost(60, 10, 20_000, 3, 1000, 0));
  }

  /** 6 MB from a cache of 1,000 GB/s at 60 %, 20 MB from a memory of 100 GB/s at 50 %. */
  @Test
  void bytesAreTheLimitOfPassesThatComputeLittle() {
    assertPass(10, Limit.MEMORY, new RowCost(20, 10, 10, 3, 6e6, 0));
    assertPass(400, Limit.MEMORY, new RowCost(20, 10, 10, 3, 20e6, 0));
  }

  /** 16 x 9 x 43,264: nine taps, 600 to begin and 730 to store pooled; 150,528 pixels and so on. */
  @Test
  void theFirstConvolutionOfArticle() {
    RowCost cost = cost("article", 64, 1);

    assertEquals(169, cost.groups());
    assertEquals(9 * 90 + 600 + 730, cost.instructions());
    assertEquals(9 * 330 + 3000 + 30, cost.cycles());
    assertEquals(16.0 * 9 * 43_264, cost.multiplyAdds());
    assertEquals(4.0 * (64 * 784 + 16 * 9 + 16 * 43_264 / 2), cost.bytes());
  }

  /**
   * 32 x 288 x 100,352 in tiles of 32 x 256: 18 slabs, for each of which an item loads 4 numbers of
   * the left operand and 32 of the right one.
   */
  @Test
  void theSecondConvolutionOfDeep() {
    RowCost cost = cost("deep", 128, 2);

    assertEquals(392, cost.groups());
    assertEquals(18 * (7 * 4 + 30 + 15 * 32 + 100 + 4 * 325) + 5000, cost.instructions());
    assertEquals(18 * (300 * 4 / 4 + 330 * 32 / 4 + 1900) + 4000, cost.cycles());
  }

  /**
   * A chain of two: 84 x 120, in eleven blocks with eight sharers, 15 taps each, and 10 x 84, in
   * two blocks with 32 sharers, three taps each; a work-group has four of 64 images.
   */
  @Test
  void theLastTwoLayersOfLenet() {
    PassTable table = PassTableBuilder.table(network("lenet"), 64, Card.H100.groups());
    RowCosts costs = new RowCosts(table, network("lenet"), 64, Card.H100.groups());
    int row = table.values()[4];

    RowCost chain = costs.of(row).then(costs.of(row + Pass.LENGTH));

    assertEquals(16, chain.groups());
    assertEquals(15 * 90 + 600 + 240 + 200 + 3 * 90 + 600 + 60 + 200, chain.instructions());
    assertEquals(15 * 330 + 3000 + 8 * 30 + 3 * 330 + 3000 + 32 * 30, chain.cycles());
    assertEquals(64 * (84 * 120 + 10 * 84), chain.multiplyAdds());
  }

  /** Five passes of 7 us, two executes of 5, three readbacks of 3 and the loss of 64 images. */
  @Test
  void theHostsPartOfAStep() {
    StepEstimate step = StepEstimate.of(network("article"), 64, ROUND);

    assertEquals(5, step.passes().size());
    assertEquals(35, step.launchMicros());
    assertEquals(19, step.callMicros());
    assertEquals(64, step.lossMicros());
    assertEquals(step.deviceMicros() + 35 + 19 + 64, step.micros(), 1e-9);
    assertEquals(64e6 / step.micros(), step.imagesPerSecond());
  }

  private static void assertPass(double micros, Limit limit, RowCost cost) {
    PassEstimate pass = PassEstimate.of(List.of("FORWARD"), "", List.of(cost), ROUND);
    assertEquals(limit, pass.limit());
    assertEquals(micros, pass.micros(), 1e-9);
  }

  private static RowCost cost(String preset, int batch, int pass) {
    PassTable table = PassTableBuilder.table(network(preset), batch, Card.H100.groups());
    return new RowCosts(table, network(preset), batch, Card.H100.groups()).of(table.values()[pass]);
  }

  private static Network network(String preset) {
    return NamedNetwork.named(preset).orElseThrow().network(new Shape(1, 28, 28), 10);
  }
}
