package org.aparanet.engine.opencl.plan;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.opencl.kernel.Opcode;
import org.aparanet.engine.opencl.kernel.Pass;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passes a training step has, and what each of them does. */
class PassTableTest {

  private static List<List<Integer>> operations(PassTable table) {
    List<List<Integer>> all = operations(table, table.forward());
    all.addAll(operations(table, table.backward()));
    return all;
  }

  private static List<List<Integer>> operations(PassTable table, PassTable.Passes of) {
    List<List<Integer>> passes = new ArrayList<>();
    for (int pass = of.first(); pass < of.first() + of.count(); pass++) {
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

  /**
   * Launches cost more than arithmetic on small networks: this many for a step whose images the
   * step before has gathered, on devices of 1 to 1,056 work-groups, and no more.
   */
  @ParameterizedTest
  @CsvSource({
    "article, 1, 5",
    "article, 64, 5",
    "article, 1024, 5",
    "lenet, 64, 9",
    "lenet, 1024, 9",
    "deep, 128, 13",
    "deep, 1024, 13"
  })
  void launchesOfTheThreeWorkloads(String preset, int batch, int most) {
    Network network = NamedNetwork.named(preset).orElseThrow().network(new Shape(1, 28, 28), 10);
    assertAll(
        List.of(1, 4, 128, 1056).stream()
            .map(
                groups ->
                    () -> {
                      PassTable table = PassTableBuilder.table(network, batch, groups);
                      int passes =
                          table.forward().withoutFirst().count() + table.backward().count();
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
    int forward = Opcode.FORWARD;
    int filter = Opcode.BACKWARD_FILTER;
    int data = Opcode.BACKWARD_DATA;
    assertEquals(
        List.of(
            List.of(Opcode.GATHER),
            List.of(forward),
            List.of(Opcode.MAX_POOL_FORWARD),
            List.of(forward),
            List.of(Opcode.RELU_FORWARD),
            List.of(forward, forward),
            List.of(data, data),
            List.of(filter, filter),
            List.of(Opcode.RELU_BACKWARD),
            List.of(filter, data),
            List.of(Opcode.MAX_POOL_BACKWARD),
            List.of(filter),
            List.of(Opcode.UPDATE, Opcode.UPDATE, Opcode.UPDATE, Opcode.UPDATE)),
        operations(PassTableBuilder.table(network, 4, 4)));
  }

  /** The first part gives floats, the second one takes them; in between all is as elsewhere. */
  @Test
  void partsOfANetworkAreLinkedByFloats() {
    Network network =
        NetworkText.parse(
            new Shape(2, 12, 12), "conv 3 3 same relu, pool 2, relu, conv 4 3 relu, dense 3");
    PassTable first = PassTableBuilder.table(network.first(4), 4, 4);
    assertEquals(
        List.of(
            List.of(Opcode.GATHER),
            List.of(Opcode.FORWARD),
            List.of(Opcode.RELU_FORWARD),
            List.of(Opcode.GIVE_FLOATS)),
        operations(first, first.inference()));
    PassTable second = PassTableBuilder.table(network.behind(4), 4, 4);
    assertEquals(
        List.of(List.of(Opcode.TAKE_FLOATS), List.of(Opcode.FORWARD), List.of(Opcode.FORWARD)),
        operations(second, second.forward()));
    PassTable pool = PassTableBuilder.table(network.behind(1).first(2), 4, 4);
    assertEquals(0, pool.backward().count(), "nothing learns");
  }

  /** A pooled convolution keeps its pool's output and the places of the largest, nothing larger. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void activationsOfAPooledConvolution(int batch) {
    Network network =
        NetworkText.parse(new Shape(1, 9, 9), "conv 4 3 relu, pool 2, dense 6 relu, dense 3");
    assertEquals(
        batch * (81 + 2 * 4 * 3 * 3 + 6),
        PassTableBuilder.table(network, batch, 4).activationCount());
  }

  /** Few tiles for a large device: the sums of the outputs are cut, and put together by a pass. */
  @Test
  void outputsOfALongSumAreCutForALargeDevice() {
    Network network = NetworkText.parse(new Shape(8, 20, 20), "dense 128 relu, dense 3");
    assertEquals(
        List.of(
            List.of(Opcode.GATHER),
            List.of(Opcode.FORWARD),
            List.of(Opcode.FINISH_IMAGES, Opcode.FORWARD)),
        operations(PassTableBuilder.table(network, 128, 1056)).subList(0, 3));
  }

  /**
   * The sums of a layer that others than small dense ones stand behind have a pass of their own.
   */
  @Test
  void outputsThatNoChainBeginsWithArePutTogetherByAPass() {
    Network network =
        NetworkText.parse(new Shape(8, 20, 20), "dense 128 relu, dropout 0.5, dense 3");
    assertEquals(
        List.of(
            List.of(Opcode.GATHER),
            List.of(Opcode.FORWARD),
            List.of(Opcode.FINISH_OUTPUTS),
            List.of(Opcode.DROPOUT_FORWARD)),
        operations(PassTableBuilder.table(network, 128, 1056)).subList(0, 4));
  }

  /** A layer of more work than a work-group should do for an image keeps its pass. */
  @Test
  void chainsHaveSmallLinks() {
    Network network =
        NetworkText.parse(new Shape(1, 6, 6), "dense 128 relu, dense 257 relu, dense 4");
    int data = Opcode.BACKWARD_DATA;
    int filter = Opcode.BACKWARD_FILTER;
    assertEquals(
        List.of(
            List.of(Opcode.GATHER),
            List.of(Opcode.FORWARD),
            List.of(Opcode.FORWARD),
            List.of(Opcode.FORWARD),
            List.of(filter, data),
            List.of(filter, data),
            List.of(filter)),
        operations(PassTableBuilder.table(network, 4, 4)).subList(0, 7));
  }

  /**
   * Batch normalisation has two passes each way, and inference leaves out what it does not need.
   */
  @Test
  void layersThatTrainInAnotherWayThanTheyInfer() {
    Network network =
        NetworkText.parse(
            new Shape(2, 6, 6),
            "conv 3 3 nobias, batchnorm relu, dropout 0.2, dense 5 relu, dropout 0.5, dense 3");
    PassTable table = PassTableBuilder.table(network, 4, 4);
    int filter = Opcode.BACKWARD_FILTER;
    int data = Opcode.BACKWARD_DATA;
    int update = Opcode.UPDATE;
    assertEquals(
        List.of(
            List.of(Opcode.GATHER),
            List.of(Opcode.FORWARD),
            List.of(Opcode.BATCH_NORM_STATISTICS),
            List.of(Opcode.BATCH_NORM_FORWARD),
            List.of(Opcode.DROPOUT_FORWARD),
            List.of(Opcode.FORWARD),
            List.of(Opcode.DROPOUT_FORWARD),
            List.of(Opcode.FORWARD),
            List.of(filter, data),
            List.of(Opcode.DROPOUT_BACKWARD),
            List.of(filter, data),
            List.of(Opcode.DROPOUT_BACKWARD),
            List.of(Opcode.BATCH_NORM_SUMS),
            List.of(Opcode.BATCH_NORM_BACKWARD),
            List.of(filter),
            List.of(update, update, update, update)),
        operations(table));
    assertEquals(
        List.of(
            List.of(Opcode.GATHER),
            List.of(Opcode.FORWARD),
            List.of(Opcode.BATCH_NORM_FORWARD),
            List.of(Opcode.FORWARD, Opcode.FORWARD)),
        operations(table, table.inference()));
    int squares = Opcode.GRADIENT_SQUARES;
    List<List<Integer>> clipped = operations(table, table.clipped());
    assertEquals(table.backward().count() + 2, clipped.size());
    assertEquals(
        List.of(
            List.of(squares, squares, squares, squares),
            List.of(Opcode.SQUARE_SUMS),
            List.of(update, update, update, update)),
        clipped.subList(clipped.size() - 3, clipped.size()));
  }

  /** A sum takes a pass forward, in place, and one back, where its branch begins. */
  @Test
  void residualSumsOfAUsualBlock() {
    Network network =
        NetworkText.parse(
            new Shape(1, 6, 6),
            "conv 4 3 same relu, [conv 4 3 same relu, conv 4 3 same] relu, globalpool, dense 3");
    PassTable table = PassTableBuilder.table(network, 2, 4);
    int filter = Opcode.BACKWARD_FILTER;
    int data = Opcode.BACKWARD_DATA;
    assertEquals(
        List.of(
            List.of(Opcode.GATHER),
            List.of(Opcode.FORWARD),
            List.of(Opcode.FORWARD),
            List.of(Opcode.FORWARD),
            List.of(Opcode.RESIDUAL_FORWARD),
            List.of(Opcode.AVERAGE_POOL_FORWARD),
            List.of(Opcode.FORWARD),
            List.of(filter, data),
            List.of(Opcode.AVERAGE_POOL_BACKWARD),
            List.of(filter, data),
            List.of(filter, data),
            List.of(Opcode.RESIDUAL_BACKWARD),
            List.of(filter)),
        operations(table).subList(0, table.forwardPasses() + table.backward().count() - 1));
    assertEquals(2 * (36 + 3 * 4 * 36 + 4), table.activationCount());
    assertEquals(table.forward(), table.inference());
  }

  /** A second branch takes no pass but its layers' own: it reads and leaves gradients in place. */
  @Test
  void residualSumsWithAProjection() {
    Network network =
        NetworkText.parse(
            new Shape(1, 6, 6),
            "conv 4 3 same relu, [conv 4 3 same relu, conv 4 3 same | conv 4 1] relu, globalpool,"
                + " dense 3");
    PassTable table = PassTableBuilder.table(network, 2, 4);
    int filter = Opcode.BACKWARD_FILTER;
    int data = Opcode.BACKWARD_DATA;
    assertEquals(
        List.of(
            List.of(Opcode.GATHER),
            List.of(Opcode.FORWARD),
            List.of(Opcode.FORWARD),
            List.of(Opcode.FORWARD),
            List.of(Opcode.FORWARD),
            List.of(Opcode.RESIDUAL_FORWARD),
            List.of(Opcode.AVERAGE_POOL_FORWARD),
            List.of(Opcode.FORWARD),
            List.of(filter, data),
            List.of(Opcode.AVERAGE_POOL_BACKWARD),
            List.of(filter, data), // of the projection
            List.of(Opcode.RESIDUAL_BACKWARD),
            List.of(filter, data),
            List.of(filter, data), // adds to what the projection has left
            List.of(filter)),
        operations(table).subList(0, table.forwardPasses() + table.backward().count() - 1));
    assertEquals(2 * (36 + 4 * 4 * 36 + 4), table.activationCount());
  }

  /** What a branch begins with is neither overwritten nor computed along with something else. */
  @Test
  void beginningsOfBranchesStayAsTheyAre() {
    Network network =
        NetworkText.parse(
            new Shape(1, 6, 6), "conv 4 3 same, [relu, conv 4 3 same relu], pool 2, dense 3");
    PassTable table = PassTableBuilder.table(network, 2, 4);
    assertEquals(
        List.of(
            List.of(Opcode.GATHER),
            List.of(Opcode.FORWARD),
            List.of(Opcode.RELU_FORWARD),
            List.of(Opcode.FORWARD),
            List.of(Opcode.RESIDUAL_FORWARD),
            List.of(Opcode.MAX_POOL_FORWARD),
            List.of(Opcode.FORWARD)),
        operations(table, table.forward()));
    // the images, each convolution, the ReLU, the sum, the pool: none in the place of another
    assertEquals(2 * (36 + 4 * 4 * 36 + 36), table.activationCount());
  }
}
