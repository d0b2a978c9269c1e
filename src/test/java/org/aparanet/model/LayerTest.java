package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerTest {

  /** Expected sides are those of PyTorch's {@code nn.Conv2d} for the same arguments. */
  @ParameterizedTest(name = "conv {0}x{1} stride {2} pad {3} on {4}x{5}")
  @CsvSource({
    "3, 3, 1, 0, 28, 28, 26, 26",
    "3, 3, 1, 1, 28, 28, 28, 28",
    "3, 3, 2, 1, 28, 28, 14, 14",
    "3, 3, 2, 0, 28, 28, 13, 13",
    "5, 5, 1, 1, 14, 14, 12, 12",
    "1, 1, 1, 0, 5, 7, 5, 7",
    "3, 5, 1, 2, 9, 11, 11, 11",
    "2, 2, 3, 1, 7, 8, 3, 3",
    "4, 1, 5, 0, 4, 6, 1, 2",
    "5, 5, 4, 2, 1, 1, 1, 1",
  })
  void convolutionShape(
      int filterHeight,
      int filterWidth,
      int stride,
      int padding,
      int height,
      int width,
      int outputHeight,
      int outputWidth) {
    Convolution convolution = new Convolution(6, filterHeight, filterWidth, stride, padding, true);
    assertEquals(
        new Shape(6, outputHeight, outputWidth), convolution.output(new Shape(4, height, width)));
  }

  /** Expected sides are those of PyTorch's {@code nn.MaxPool2d} for the same arguments. */
  @ParameterizedTest(name = "pool {0} stride {1} pad {2} on {3}x{4}")
  @CsvSource({
    "2, 2, 0, 26, 26, 13, 13",
    "2, 2, 0, 27, 25, 13, 12",
    "3, 2, 0, 12, 12, 5, 5",
    "3, 1, 0, 5, 9, 3, 7",
    "1, 3, 0, 7, 8, 3, 3",
    "4, 4, 0, 4, 4, 1, 1",
    "3, 2, 1, 112, 112, 56, 56",
    "3, 1, 1, 5, 9, 5, 9",
    "2, 2, 1, 5, 6, 3, 4",
    "5, 3, 2, 1, 7, 1, 3",
    "4, 5, 2, 2, 9, 1, 2",
  })
  void poolShape(
      int size, int stride, int padding, int height, int width, int outputHeight, int outputWidth) {
    assertEquals(
        new Shape(5, outputHeight, outputWidth),
        new MaxPool(size, stride, padding).output(new Shape(5, height, width)));
  }

  @Test
  void reluKeepsTheShape() {
    assertEquals(new Shape(2, 3, 4), new Relu().output(new Shape(2, 3, 4)));
    assertEquals(List.of(), new Relu().parameters(new Shape(2, 3, 4)));
  }

  @Test
  void denseReadsItsInputAsOneVector() {
    assertEquals(new Shape(10, 1, 1), new Dense(10).output(new Shape(2, 3, 4)));
    assertEquals(
        List.of(
            new Layer.ParameterShape("weight", List.of(10, 24)),
            new Layer.ParameterShape("bias", List.of(10))),
        new Dense(10).parameters(new Shape(2, 3, 4)));
  }

  @Test
  void filtersAreStoredAsOihw() {
    assertEquals(
        List.of(
            new Layer.ParameterShape("weight", List.of(7, 3, 2, 5)),
            new Layer.ParameterShape("bias", List.of(7))),
        new Convolution(7, 2, 5, 1, 0, true).parameters(new Shape(3, 8, 8)));
    assertEquals(
        List.of(new Layer.ParameterShape("weight", List.of(7, 3, 2, 5))),
        new Convolution(7, 2, 5, 1, 0, false).parameters(new Shape(3, 8, 8)));
  }

  @Test
  void multiplyAddsCountTheForwardPass() {
    assertEquals(
        16L * 26 * 26 * 9,
        new Convolution(16, 3, 3, 1, 0, false).multiplyAdds(new Shape(1, 28, 28)));
    assertEquals(
        4L * 3 * 5 * 2 * 9, new Convolution(4, 3, 3, 2, 1, true).multiplyAdds(new Shape(2, 5, 9)));
    assertEquals(240, new Dense(10).multiplyAdds(new Shape(2, 3, 4)));
    assertEquals(0, new MaxPool(2, 2, 0).multiplyAdds(new Shape(2, 4, 4)));
    assertEquals(0, new Relu().multiplyAdds(new Shape(2, 4, 4)));
  }

  @ParameterizedTest(name = "{5}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 3 | 3 | 1 | 0  | conv has 0 filters; it needs at least 1",
        "1 | 0 | 3 | 1 | 0  | conv has size 0x3; each side must be at least 1",
        "1 | 3 | -1 | 1 | 0 | conv has size 3x-1; each side must be at least 1",
        "1 | 3 | 3 | 0 | 0  | conv has stride 0; it must be at least 1",
        "1 | 3 | 3 | 1 | -1 | conv has padding -1; allowed is 0 to one less than the filter's size, here 2",
        "1 | 3 | 5 | 1 | 3  | conv has padding 3; allowed is 0 to one less than the filter's size, here 2",
      })
  void convolutionRefuses(
      int filters, int filterHeight, int filterWidth, int stride, int padding, String message) {
    assertRefused(
        message, () -> new Convolution(filters, filterHeight, filterWidth, stride, padding, true));
  }

  @Test
  void poolAndDenseRefuse() {
    assertRefused("pool has size 0x0; each side must be at least 1", () -> new MaxPool(0, 1, 0));
    assertRefused("pool has stride 0; it must be at least 1", () -> new MaxPool(2, 0, 0));
    assertRefused(
        "pool has padding 2; allowed is 0 to half of the window's size, here 1",
        () -> new MaxPool(3, 2, 2));
    assertRefused(
        "pool has padding -1; allowed is 0 to half of the window's size, here 1",
        () -> new MaxPool(2, 2, -1));
    assertRefused("dense has 0 outputs; it needs at least 1", () -> new Dense(0));
  }

  @Test
  void windowsThatDoNotFitAreRefused() {
    assertRefused(
        "conv of size 5 does not fit into an input of width 4",
        () -> new Convolution(1, 5, 5, 1, 0, true).output(new Shape(1, 5, 4)));
    assertRefused(
        "conv of size 5 does not fit into an input of height 2 padded by 1",
        () -> new Convolution(1, 5, 5, 1, 1, true).output(new Shape(1, 2, 8)));
    assertRefused(
        "pool of size 3 does not fit into an input of height 2",
        () -> new MaxPool(3, 3, 0).output(new Shape(1, 2, 2)));
  }

  private static void assertRefused(String message, Runnable refused) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, refused::run).getMessage());
  }

  @Test
  void whatDropoutKeepsIsDividedByWhatIsLeft() {
    assertEquals(4f, new Dropout(0.75f).scale());
    assertEquals(1f, new Dropout(0f).scale());
  }

  @Test
  void dropoutTakesProbabilitiesFromZeroToBelowOne() {
    assertThrows(IllegalArgumentException.class, () -> new Dropout(1f));
    assertThrows(IllegalArgumentException.class, () -> new Dropout(-0.1f));
    assertThrows(IllegalArgumentException.class, () -> new Dropout(Float.NaN));
  }

  @Test
  void leakyReluTakesSlopesFromZeroToBelowOne() {
    String allowed = "; allowed is 0 to below 1";
    assertRefused("leakyrelu has slope 1.0" + allowed, () -> new LeakyRelu(1f));
    assertRefused("leakyrelu has slope -0.1" + allowed, () -> new LeakyRelu(-0.1f));
    assertRefused("leakyrelu has slope NaN" + allowed, () -> new LeakyRelu(Float.NaN));
    assertEquals("leakyrelu 0.00001", new LeakyRelu(1e-5f).text());
  }

  @Test
  void averagePoolsNeedASizeAndAStride() {
    assertThrows(IllegalArgumentException.class, () -> new AveragePool(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new AveragePool(2, 0));
  }

  @Test
  void residualSumNeedsABranch() {
    assertThrows(IllegalArgumentException.class, () -> new ResidualAdd(0));
    assertRefused(
        "a residual sum's first branch has 0 layers; it needs at least 1", () -> new Shortcut(0));
    assertRefused(
        "a shortcut has no output without the layers before it",
        () -> new Shortcut(1).output(new Shape(2, 3, 4)));
  }

  @Test
  void denseLayerMayHaveOneOutput() {
    assertEquals(1, new Dense(1).outputs());
  }
}
