package org.aparanet.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The walk of docs/inside.md adds up, and its lines stand in the kernels. */
class InsideDocumentTest {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");

  private final String text;

  InsideDocumentTest() throws IOException {
    text = Files.readString(Path.of("docs", "inside.md"));
  }

  @Test
  void patchTimesFilterIsTheProductsAndTheirSum() {
    List<List<Double>> rows =
        text.lines()
            .dropWhile(line -> !line.strip().startsWith("patch  "))
            .skip(1)
            .limit(3)
            .map(InsideDocumentTest::numbers)
            .toList();
    double sum = 0;
    for (List<Double> row : rows) {
      assertEquals(9, row.size(), row::toString);
      for (int i = 0; i < 3; i++) {
        assertEquals(row.get(i) * row.get(3 + i), row.get(6 + i), 2e-4, row::toString);
        sum += row.get(6 + i);
      }
    }
    String line = text.lines().filter(l -> l.endsWith(" = 1.7493")).findFirst().orElseThrow();
    double added =
        numbers(line.replace("- ", "-").replace("= 1.7493", "")).stream().mapToDouble(d -> d).sum();
    assertEquals(1.7493, sum, 2e-4);
    assertEquals(1.7493, added, 2e-4);
  }

  @Test
  void theLinesOfTheKernelStandThere() throws IOException {
    String kernels = "src/main/java/org/aparanet/engine/opencl/kernel/";
    assertStands("    s00 += a0 * b0;", Path.of(kernels + "BlockProduct.java"));
    assertStands("    s00 = s00 + (a0 * b0);", Path.of("kernels/ConvolutionForward.cl"));
    assertStands("    output[n, f, y, x] = bias[f]", Path.of(kernels + "ConvolutionForward.java"));
    assertStands(
        "+ sum over c, i, j of filters[f, c, i, j] * input[n, c, y * stride + i - padding,"
            + " x * stride + j - padding]",
        Path.of(kernels + "ConvolutionForward.java"));
  }

  @Test
  void thePictureIsSmallAndThere() throws IOException {
    assertTrue(text.contains("](inside.png)"));
    long size = Files.size(Path.of("docs", "inside.png"));
    assertTrue(size > 20_000 && size <= 150_000, size + " bytes");
  }

  private void assertStands(String line, Path file) throws IOException {
    assertTrue(text.contains(line), line);
    assertTrue(Files.readString(file).contains(line.strip()), () -> line + " in " + file);
  }

  private static List<Double> numbers(String line) {
    List<Double> numbers = new ArrayList<>();
    Matcher number = NUMBER.matcher(line);
    while (number.find()) {
      numbers.add(Double.parseDouble(number.group()));
    }
    return numbers;
  }
}
