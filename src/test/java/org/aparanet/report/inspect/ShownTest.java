package org.aparanet.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Model;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** Which maps are shown. */
class ShownTest {
  /**
   * Four 1x1 filters over a grey image of 2x2, times -5, 2, 3 and 0.1; behind the ReLU, the first
   * is dead.
   */
  private static final Model FOUR =
      new Model(
          NetworkText.parse(new Shape(1, 2, 2), "conv 4 1 nobias relu, dense 2"),
          concat(new float[] {-5, 2, 3, .1f}, new float[2 * 16 + 2]));

  /** Values of an image with k maps: 4 + 4k + k + 4k + 2k + 2. */
  private static final int TWO = 4 + 11 * 2 + 2;

  private static float[] concat(float[] one, float[] other) {
    float[] all = new float[one.length + other.length];
    System.arraycopy(one, 0, all, 0, one.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static Inspection white() {
    return Inspection.of(FOUR, new byte[] {-1, -1, -1, -1});
  }

  @Test
  void allMapsAreShownWhereTheyFit() {
    Shown shown = Shown.of(List.of(white()), 4 + 11 * 4 + 2);

    assertEquals(List.of(0), shown.inputs(0));
    assertEquals(List.of(0, 1, 2, 3), shown.maps(0));
    assertEquals(List.of(0, 1, 2, 3), shown.maps(1));
    assertEquals(List.of(0, 1), shown.maps(2));
  }

  /** The convolution shows the maps that are strong behind its ReLU. */
  @Test
  void otherwiseTheStrongestBehindTheLayersThatKeepThem() {
    assertEquals(List.of(1, 2), Shown.of(List.of(white()), TWO).maps(0));
    assertEquals(List.of(1, 2), Shown.of(List.of(white()), TWO).maps(1));
    assertEquals(List.of(2), Shown.of(List.of(white()), TWO - 1).maps(0));
    assertEquals(List.of(1, 2), Shown.of(List.of(white()), TWO).inputs(2));
    assertEquals(List.of(0, 1), Shown.of(List.of(white()), TWO - 1).maps(2), "all classes");
  }

  @Test
  void oneMapOfEachLayerIsShownAllTheSame() {
    assertEquals(List.of(2), Shown.of(List.of(white()), 1).maps(0));
  }

  /** Each image brings maps and contributions; the weights are there once. */
  @Test
  void twoImagesTakeTwiceTheMaps() {
    int two = 2 * (4 + 10 * 2 + 2) + 2;
    assertEquals(List.of(1, 2), Shown.of(List.of(white(), white()), two).maps(0));
    assertEquals(List.of(2), Shown.of(List.of(white(), white()), two - 1).maps(0));
  }

  /** A residual sum adds map by map, so both sides of it show the same ones. */
  @Test
  void aResidualSumAndItsBranchesShowTheSameMaps() {
    Model model =
        Numbers.model(new Shape(1, 6, 6), "conv 8 3 same relu, [conv 8 3 same], pool 2, dense 3");
    Shown shown = Shown.of(List.of(Numbers.inspection(model, 2)), 700);

    List<Integer> maps = shown.maps(4);
    assertEquals(true, maps.size() > 1 && maps.size() < 8, maps::toString);
    for (int layer = 0; layer < 4; layer++) {
      assertEquals(maps, shown.maps(layer));
    }
  }

  /** A second branch begins with the maps of the sum's input, and both end in the sum's. */
  @Test
  void aProjectionsBranchesShowTheMapsOfBothEnds() {
    Model model =
        Numbers.model(
            new Shape(1, 6, 6), "conv 8 3 same, [conv 9 1 | conv 9 3 same, relu], pool 2, dense 3");
    Shown shown = Shown.of(List.of(Numbers.inspection(model, 2)), 700);

    List<Integer> before = shown.maps(0);
    List<Integer> behind = shown.maps(5);
    assertEquals(true, before.size() > 1 && before.size() < 8, before::toString);
    assertEquals(before, shown.maps(2));
    for (int layer : new int[] {1, 3, 4}) {
      assertEquals(behind, shown.maps(layer));
    }
  }
}
