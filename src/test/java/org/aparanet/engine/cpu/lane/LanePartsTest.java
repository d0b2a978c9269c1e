package org.aparanet.engine.cpu.lane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.aparanet.engine.cpu.slice.DropoutStep;
import org.aparanet.engine.cpu.slice.Team;
import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The parts of a pass, which threads compute at the same time, have nothing to do with one another:
 * no two write the same number, and none reads what another one writes.
 */
class LanePartsTest {
  private static final int PARTS = 4;

  private final Map<LanePass, Integer> divided = new EnumMap<>(LanePass.class);
  private LaneSlice slice;
  private List<LanePart> parts;
  private float[] parameters;
  private float[] gradient;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv 40 5 same relu, pool 2, conv 40 3 same nobias, batchnorm relu, dropout 0.2, [conv 48 3"
            + " same relu, conv 40 3 same | conv 40 1] relu, leakyrelu 0.1, pool 3 stride 2 pad 1,"
            + " conv 64 3 stride 2 pad 1 relu, globalpool, dense 3",
        // the first layer goes back through the pool
        "conv 70 3 same nobias, pool 2, conv 64 5 relu, pool 2, avgpool 2, conv 70 1, globalpool,"
            + " dense 3",
        "conv 64 3 same relu, conv 64 1 relu, conv 130 1, pool 2 stride 3, globalpool, dense 3"
      })
  void areIndependentOfOneAnother(String text) {
    Assumptions.assumeTrue(LaneSupport.present(), "slices are divided where there are vectors");
    Network network = NetworkText.parse(new Shape(3, 40, 41), text);
    int lanes = LaneSupport.operations().lanes();
    LaneLayers layers = new LaneLayers(network, lanes, PARTS, WholeBatch.LARGE);
    open(network, layers, lanes);

    for (LaneLayer layer : layers.all()) {
      if (layer.node.layer() instanceof BatchNorm) {
        run(LanePass.MEASURE, layer);
      }
      run(LanePass.FORWARD, layer);
    }
    fill(layers.memory().tensor(layers.all().size()).gradient());
    for (int i = layers.all().size() - 1; i >= network.firstLearning(); i--) {
      backward(layers.all().get(i));
    }

    assertTrue(divided.get(LanePass.FORWARD) >= 3, text + ": " + divided);
    assertTrue(divided.get(LanePass.PARAMETER_GRADIENT) >= 2, text + ": " + divided);
  }

  private void open(Network network, LaneLayers layers, int lanes) {
    parameters = new float[layers.order().size()];
    gradient = new float[parameters.length];
    layers.order().store(Initialization.HE.draw(network, 1), parameters);
    layers.open(LaneSupport.parameterArithmetic()); // allocates the filters
    layers.layOutFilters(Team.ALONE, parameters);
    Stream.of(layers.normalizations())
        .filter(Objects::nonNull)
        .forEach(normalization -> normalization.infer(parameters));
    slice = new LaneSlice(layers);
    slice.begin(lanes, 0, new DropoutStep(1, 1, 0));
    parts = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      parts.add(new LanePart(i, PARTS, layers.filterScratch(true, i)));
    }
    fill(layers.memory().tensor(0).value());
  }

  private void fill(LaneLayout tensor) {
    Random random = new Random(1);
    for (int at : tensor.indices()) {
      for (int n = 0; n < tensor.columnStride(); n++) {
        slice.memory[at + n] = (float) random.nextGaussian();
      }
    }
  }

  private void backward(LaneLayer layer) {
    if (layer.reluApart()) {
      run(LanePass.RELU_GRADIENT, layer);
    }
    if (layer.node.layer() instanceof BatchNorm) {
      run(LanePass.MEASURE_GRADIENT, layer);
    }
    if (layer.learns()) {
      run(LanePass.PARAMETER_GRADIENT, layer);
    }
    if (layer.passesBack) {
      run(LanePass.INPUT_GRADIENT, layer);
      if (!layer.branches().isEmpty()) {
        run(LanePass.BRANCH_GRADIENT, layer);
      }
    }
  }

  /**
   * Runs a pass, in the parts' order, after it has been run in parts alone and in reverse order.
   */
  private void run(LanePass pass, LaneLayer layer) {
    if (!layer.divided) {
      layer.run(pass, slice, slice.whole, parameters, gradient, false);
      return;
    }
    divided.merge(pass, 1, Integer::sum);
    String what = pass + " of " + layer.node.layer().text();
    List<float[]> arrays = List.of(slice.memory, gradient, kept(layer));
    List<float[]> before = copies(arrays);
    int[][] writers = arrays.stream().map(array -> new int[array.length]).toArray(int[][]::new);
    for (LanePart part : parts) {
      layer.run(pass, slice, part, parameters, gradient, false);
      for (int i = 0; i < writers.length; i++) {
        mark(writers[i], part.index + 1, before.get(i), arrays.get(i), what);
      }
      restore(before, arrays);
    }
    for (int i = PARTS - 1; i >= 0; i--) {
      layer.run(pass, slice, parts.get(i), parameters, gradient, false);
    }
    List<float[]> backwards = copies(arrays);
    restore(before, arrays);
    for (LanePart part : parts) {
      layer.run(pass, slice, part, parameters, gradient, false);
    }
    for (int i = 0; i < writers.length; i++) {
      assertArrayEquals(arrays.get(i), backwards.get(i), what);
    }
  }

  /** What a layer keeps, or the pool that is fused into it. */
  private float[] kept(LaneLayer layer) {
    Network.Node pool = layer instanceof LaneConvolution c ? c.pool() : null;
    return slice.kept(pool == null ? layer.node : pool);
  }

  private static void mark(int[] writers, int part, float[] before, float[] after, String what) {
    for (int i = 0; i < writers.length; i++) {
      if (Float.floatToRawIntBits(before[i]) != Float.floatToRawIntBits(after[i])) {
        assertEquals(0, writers[i], what + ": two parts write to " + i);
        writers[i] = part;
      }
    }
  }

  private static List<float[]> copies(List<float[]> arrays) {
    return arrays.stream().map(float[]::clone).toList();
  }

  private static void restore(List<float[]> from, List<float[]> to) {
    for (int i = 0; i < from.size(); i++) {
      System.arraycopy(from.get(i), 0, to.get(i), 0, from.get(i).length);
    }
  }
}
