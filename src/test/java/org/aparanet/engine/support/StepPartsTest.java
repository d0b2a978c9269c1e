package org.aparanet.engine.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/**
 * FLOP and bytes of a step of five images. The convolution makes 2x2x2 numbers of 16 and has 20
 * parameters and 8 x 9 multiply-adds, the dense layer makes 3 of 2 and has 9 parameters and 6.
 */
class StepPartsTest {
  private static final Network NETWORK =
      NetworkText.parse(new Shape(1, 4, 4), "conv 2 3 relu, pool 2, dense 3");
  private static final StepParts WORK = new StepParts(NETWORK, 5);

  @Test
  void ofAConvolution() {
    // 2 x 72 x 5 FLOP; what is read, written and the filters: 4 x ((16 + 2) x 5 + 20)
    assertPart(
        "1. conv 2 3 + relu + pool 2, forward", 720, 440, WORK.layer(nodes(0, 3), FORWARD, 7, 2));
    // 4 x ((16 + 8) x 5 + 20)
    assertPart(
        "1. conv 2 3, backward filter",
        720,
        560,
        WORK.layer(nodes(0, 1), Direction.BACKWARD_FILTER, 7, 2));
    // twice the FLOP; input and its gradient, filters and theirs: 4 x ((2 x 16 + 8) x 5 + 2 x 20)
    assertPart(
        "1. conv 2 3, backward filter + data",
        1440,
        960,
        WORK.layer(nodes(0, 1), Direction.BACKWARD, 7, 2));
    // activations are read, gradients read and written: 3 x 4 x 5 x 8
    assertPart(
        "1. conv 2 3, relu backward",
        0,
        480,
        WORK.layer(nodes(0, 1), Direction.BACKWARD_RELU, 7, 2));
  }

  @Test
  void ofTheOtherLayers() {
    // 4 x (8 + 2) x 5
    assertPart(
        "3. pool 2, backward", 0, 200, WORK.layer(nodes(2, 3), Direction.BACKWARD_DATA, 7, 2));
    // 2 x 6 x 5 FLOP; 4 x ((2 + 3) x 5 + 9)
    assertPart("4. dense 3, forward", 60, 136, WORK.layer(nodes(3, 4), FORWARD, 7, 2));
    // 4 x ((2 x 2 + 3) x 5 + 2 x 9)
    assertPart(
        "4. dense 3, backward weights + data",
        120,
        212,
        WORK.layer(nodes(3, 4), Direction.BACKWARD, 7, 2));
  }

  @Test
  void ofTheRestOfAStep() {
    assertPart("images to floats", 0, 400, WORK.input(7, 2)); // a byte and a float x 5 x 16
    assertPart("update", 0, 348, WORK.update(7, 2)); // three floats x 29
    assertEquals(232, WORK.filters(7).bytes()); // two floats x 29
    assertEquals(120, WORK.softmax(7).bytes()); // two floats x 5 x 3
    assertPart( // and a byte and a float x 4 x 16 of four images to come
        "update, next images to floats", 0, 348 + 320, WORK.updateAndInput(7, 2, 4));
    assertEquals(40, WORK.indices(7).bytes()); // two numbers x 5
    assertEquals(60, WORK.logits(7).bytes()); // a float x 5 x 3
    assertEquals(60, WORK.gradient(7).bytes()); // as many
    assertEquals(0, WORK.answer(7).bytes()); // a few numbers, however many images
    for (StepPart part :
        List.of(
            WORK.filters(7),
            WORK.softmax(7),
            WORK.indices(7),
            WORK.logits(7),
            WORK.gradient(7),
            WORK.answer(7))) {
      assertEquals(0, part.flop());
      assertEquals(0, part.launches());
      assertEquals(7, part.nanos());
    }
  }

  @Test
  void ofSeveralLayersTogether() {
    StepPart one = new StepPart("1. a, forward", StepPart.Kind.DENSE, 7, 1, 3, 5, "1. a", 9);
    StepPart two = new StepPart("2. b, forward", StepPart.Kind.POOL, 7, 1, 20, 30, "2. b", 9);
    StepPart back = new StepPart("2. b, backward", StepPart.Kind.POOL, 7, 1, 200, 300, "2. b", 9);
    assertEquals(one, StepParts.together(List.of(one), 7));
    assertEquals(
        new StepPart("1. a; 2. b, forward", StepPart.Kind.DENSE, 8, 1, 23, 35, "1. a; 2. b", 9),
        StepParts.together(List.of(one, two), 8));
    assertEquals("1. a; 2. b, forward; backward", StepParts.together(List.of(one, back), 8).name());
  }

  private static final Direction FORWARD = Direction.FORWARD;

  private static List<Network.Node> nodes(int from, int to) {
    return NETWORK.nodes().subList(from, to);
  }

  private static void assertPart(String name, double flop, double bytes, StepPart part) {
    assertEquals(name, part.name());
    assertEquals(flop, part.flop(), name);
    assertEquals(bytes, part.bytes(), name);
    assertEquals(7, part.nanos(), name);
    assertEquals(2, part.launches(), name);
  }
}
