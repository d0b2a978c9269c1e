package org.aparanet.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Model;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.report.page.PageText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page without its script: what it says, holds and takes. */
class LookPageTest {
  private static final int MOST_BYTES = 3_000_000;

  @Test
  void withoutScriptsThereAreTheProbabilitiesOfEachImage() {
    Model model =
        Numbers.model(new Shape(1, 6, 6), "conv 2 3, dense 3")
            .withClassNames(List.of("<cat>", "dog", "fish"));
    Inspection one = Numbers.inspection(model, 1);
    Inspection two = Numbers.inspection(model, 2);

    PageText page = new PageText(LookPage.of("m & n", List.of(one, two), List.of("A note.")));

    assertEquals(List.of("Inside m & n"), page.texts("h1"));
    assertTrue(page.texts("p").contains("A note."));
    assertTrue(page.texts("noscript").get(0).contains("scripts are off"));
    assertEquals(row(one), page.rows(0).get(0));
    assertEquals(row(two), page.rows(0).get(1));
    assertEquals(List.of("image", "label", "<cat>", "dog", "fish"), page.texts("th").subList(0, 5));
  }

  private static List<String> row(Inspection inspection) {
    double[] p = inspection.probabilities();
    return List.of(
        "image",
        "–",
        String.format("%.2f", 100 * p[0]),
        String.format("%.2f", 100 * p[1]),
        String.format("%.2f", 100 * p[2]));
  }

  @Test
  void dataOfTheScriptIsThatOfTheJson() {
    Model model =
        Numbers.model(new Shape(1, 6, 6), "conv 2 3, dense 3")
            .withClassNames(List.of("</script><!-- &amp; ]]>", "ü\u2028", "fish"));
    Inspection inspection = Numbers.inspection(model, 1);

    String html = LookPage.of("m", List.of(inspection), List.of());

    Shown shown = Shown.of(List.of(inspection), LookPage.VALUES);
    List<String> scripts = new PageText(html).texts("script");
    JsonObject layers = JsonParser.parseString(scripts.get(0)).getAsJsonObject();
    JsonArray images = JsonParser.parseString(scripts.get(1)).getAsJsonArray();
    assertEquals(LayersJson.of(model, shown), layers);
    assertEquals(1, images.size());
    assertEquals(MapsJson.of(inspection, shown), images.get(0));
    assertEquals(3, scripts.size());
  }

  @Test
  void ofManyClassesTheMostProbableAreNamed() {
    Model model = Numbers.model(new Shape(1, 6, 6), "dense 30");
    Inspection inspection = Numbers.inspection(model, 1);

    List<String> row =
        new PageText(LookPage.of("m", List.of(inspection), List.of())).rows(0).get(0);

    assertEquals(3, row.size());
    int best =
        IntStream.range(0, 30)
            .reduce((a, b) -> inspection.probabilities()[b] > inspection.probabilities()[a] ? b : a)
            .orElseThrow();
    assertTrue(
        row.get(2)
            .startsWith(
                best + " " + String.format("%.2f", 100 * inspection.probabilities()[best]) + ", "),
        row.get(2));
  }

  @ParameterizedTest
  @CsvSource({"deep, 1", "deep, 6", "lenet, 3"})
  void aPageIsOfAtMostThreeMegabytes(String preset, int images) {
    Model model = Numbers.model(new Shape(1, 28, 28), layers(preset));
    List<Inspection> inspections =
        IntStream.range(0, images).mapToObj(i -> Numbers.inspection(model, i)).toList();

    int length = LookPage.of(preset, inspections, List.of()).length();

    assertTrue(length < MOST_BYTES, length + " bytes");
  }

  @Test
  void aWideNetworkShowsItsStrongestMapsAndFits() {
    Model model =
        Numbers.model(new Shape(1, 16, 16), "conv 512 3 same relu, conv 512 3 relu, dense 10");

    String page = LookPage.of("wide", List.of(Numbers.inspection(model, 1)), List.of());

    assertTrue(page.length() < MOST_BYTES, page.length() + " bytes");
    assertTrue(page.length() > MOST_BYTES / 2, page.length() + " bytes");
  }

  @Test
  void veryLargeMapsAllowFewerImages() {
    assertEquals(24, LookPage.mostImages(NetworkText.parse(new Shape(1, 28, 28), "dense 10")));
    assertEquals(
        3,
        LookPage.mostImages(
            NetworkText.parse(new Shape(3, 224, 224), "conv 100 1, globalpool, dense 10")));
    assertEquals(
        1,
        LookPage.mostImages(
            NetworkText.parse(new Shape(3, 224, 224), "conv 400 1, globalpool, dense 10")));
  }

  private static String layers(String preset) {
    return preset.equals("deep")
        ? "conv 32 3 same relu, conv 32 3 same relu, pool 2, conv 64 3 same relu, conv 64 3 same"
            + " relu, pool 2, dense 128 relu, dense 10"
        : "conv 6 5 same relu, pool 2, conv 16 5 relu, pool 2, dense 120 relu, dense 84 relu, dense"
            + " 10";
  }
}
