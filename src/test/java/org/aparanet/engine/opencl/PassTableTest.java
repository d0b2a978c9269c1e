package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Preset;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passes a training step has, and what each of them does. */
class PassTableTest {

  private static List<List<Integer>> operations(PassTable table) {
    List<List<Integer>> passes = new ArrayList<>();
    for (int pass = 0; pass < table.forwardPasses() + table.backwardPasses(); pass++) {
      List<Integer> operations = new ArrayList<>();
      int row = table.values()[pass];
      operations.add(table.values()[row + Pass.OPERATION]);
      while (table.values()[row + Pass.CONTINUED] == 1) {
        row += Pass.LENGTH;
        operations.add(table.values()[row + Pass.OPERATION]);
      }
      passes.add(operations);
    }
    return passes;
  }

  /** Launches cost more than arithmetic on small networks: this many, and no more. */
  @ParameterizedTest
  @CsvSource({
    "article, 1, 6",
    "article, 64, 6",
    "article, 1024, 6",
    "lenet, 64, 16",
    "lenet, 1024, 16",
    "deep, 128, 18",
    "deep, 1024, 18"
  })
  void launchesOfTheThreeWorkloads(String preset, int batch, int most) {
    Network network = Preset.named(preset).orElseThrow().network(new Shape(1, 28, 28), 10);
    assertAll(
        List.of(1, 4, 128, 1056).stream()
            .map(
                groups ->
                    () -> {
                      PassTable table = PassTable.of(network, batch, groups);
                      int passes = table.forwardPasses() + table.backwardPasses();
                      assertTrue(passes <= most, passes + " passes for " + groups + " groups");
                    }));
  }

  @Test
  void whatCanBeFusedIs() {
    Network network =
        NetworkText.parse(
            new Shape(2, 12, 12),
            "conv 3 3 same relu, pool 3 stride 2, conv 4 3 relu, pool 2, relu, dense 5 relu,"
                + " dense 3");
    int forward = Operation.FORWARD;
    int filter = Operation.BACKWARD_FILTER;
    int data = Operation.BACKWARD_DATA;
    assertEquals(
        List.of(
            List.of(Operation.GATHER),
            List.of(forward),
            List.of(Operation.MAX_POOL_FORWARD),
            List.of(forward),
            List.of(Operation.RELU_FORWARD),
            List.of(forward),
            List.of(forward),
            List.of(filter, data),
            List.of(filter, data),
            List.of(Operation.RELU_BACKWARD),
            List.of(filter, data),
            List.of(Operation.MAX_POOL_BACKWARD),
            List.of(filter),
            List.of(Operation.UPDATE, Operation.UPDATE, Operation.UPDATE, Operation.UPDATE)),
        operations(PassTable.of(network, 4, 4)));
  }

  /** A pooled convolution keeps its pool's output and the places of the largest, nothing larger. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void activationsOfAPooledConvolution(int batch) {
    Network network =
        NetworkText.parse(new Shape(1, 9, 9), "conv 4 3 relu, pool 2, dense 6 relu, dense 3");
    assertEquals(
        batch * (81 + 2 * 4 * 3 * 3 + 6), PassTable.of(network, batch, 4).activationCount());
  }

  /** Few tiles for a large device: the sums of the outputs are cut, and put together by a pass. */
  @Test
  void outputsOfALongSumAreCutForALargeDevice() {
    Network network = NetworkText.parse(new Shape(8, 20, 20), "dense 128 relu, dense 3");
    assertEquals(
        List.of(
            List.of(Operation.GATHER),
            List.of(Operation.FORWARD),
            List.of(Operation.FINISH_OUTPUTS),
            List.of(Operation.FORWARD)),
        operations(PassTable.of(network, 128, 1056)).subList(0, 4));
  }
}
