package org.aparanet.report.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.inspect.Explanation;
import org.aparanet.inspect.FeatureMaps;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;
import org.aparanet.model.Shortcut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of pages holds what an inspection says, and enough to say how it came about. */
class LayersAndMapsJsonTest {
  private static final Shape INPUT = new Shape(3, 12, 11);

  private final Model model = Numbers.model(INPUT, Numbers.EVERY_KIND);
  private final Inspection inspection = Numbers.inspection(model, 1);

  /** All maps, and a choice of them. */
  @ParameterizedTest
  @ValueSource(longs = {1_000_000, 2_500, 1})
  void mapsAreThoseOfTheInspection(long values) {
    Shown shown = Shown.of(List.of(inspection), values);
    JsonObject maps = MapsJson.of(inspection, shown);

    for (Network.Node node : model.network().nodes()) {
      int layer = node.index();
      FeatureMaps output = inspection.output(layer);
      float[] numbers = Numbers.floats(maps.getAsJsonArray("maps").get(layer));
      List<Integer> visible = shown.maps(layer);
      int plane = node.output().plane();
      assertEquals(visible.size() * plane, numbers.length);
      for (int i = 0; i < numbers.length; i++) {
        assertEquals(
            (float) output.values()[visible.get(i / plane) * plane + i % plane], numbers[i]);
      }
      assertEquals(
          output.largestMagnitude(), maps.getAsJsonArray("largest").get(layer).getAsDouble());
      List<Integer> dead =
          IntStream.range(0, node.output().channels()).filter(output::isDead).boxed().toList();
      List<Integer> told = Numbers.integers(maps.getAsJsonArray("dead").get(layer));
      assertEquals(dead.stream().filter(visible::contains).toList(), told);
      assertEquals(dead.size() - told.size(), maps.getAsJsonArray("rest").get(layer).getAsInt());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000, 2_500, 1})
  void weightsBiasesAndContributionsAreThoseOfTheExplanations(long values) {
    Shown shown = Shown.of(List.of(inspection), values);
    JsonObject layers = LayersJson.of(model, shown);
    JsonObject maps = MapsJson.of(inspection, shown);
    Set<String> kinds = new HashSet<>();

    for (Network.Node node : model.network().nodes()) {
      JsonObject layer = Numbers.layer(layers, node.index());
      kinds.add(layer.get("kind").getAsString());
      List<Integer> outputs = shown.maps(node.index());
      List<Integer> inputs = shown.inputs(node.index());
      assertEquals(outputs, Numbers.integers(layer.get("maps")));
      for (int o = 0; o < outputs.size(); o++) {
        Explanation explanation = inspection.explain(node.index(), outputs.get(o), 0, 0);
        if (explanation instanceof Explanation.WeightedSum sum) {
          float[] bias = layer.has("bias") ? Numbers.floats(layer.get("bias")) : null;
          assertEquals((float) sum.bias(), bias == null ? 0 : bias[o]);
          int taps = sum.weights().length / node.input().channels();
          for (int i = 0; i < inputs.size(); i++) {
            int from = inputs.get(i) * taps;
            if (layer.has("weights")) {
              float[] weights = Numbers.floats(layer.get("weights"));
              for (int k = 0; k < taps; k++) {
                assertEquals(
                    (float) sum.weights()[from + k], weights[(o * inputs.size() + i) * taps + k]);
              }
            } else {
              double expected = IntStream.range(from, from + taps).mapToDouble(sum::product).sum();
              float[] sums = Numbers.floats(maps.getAsJsonArray("contributions").get(node.index()));
              assertEquals((float) expected, sums[o * inputs.size() + i]);
            }
          }
        } else if (explanation instanceof Explanation.Normalized norm) {
          float[] numbers = Numbers.floats(layer.get("norm"));
          double[] expected = {norm.weight(), norm.bias(), norm.mean(), norm.variance()};
          for (int k = 0; k < 4; k++) {
            assertEquals((float) expected[k], numbers[k * outputs.size() + o]);
          }
        }
      }
    }
    assertEquals(
        Set.of(
            "convolution",
            "dense",
            "maxPool",
            "averagePool",
            "globalAveragePool",
            "relu",
            "leakyRelu",
            "batchNorm",
            "dropout",
            "residualAdd",
            "shortcut"),
        kinds);
  }

  @Test
  void layersHaveShapesSizesAndKernels() {
    JsonObject layers =
        LayersJson.of(
            model.withClassNames(List.of("cat", "</script>")),
            Shown.of(List.of(inspection), 1_000_000));

    assertEquals(model.network().text(), layers.get("network").getAsString());
    assertEquals(List.of(3, 12, 11), Numbers.integers(layers.get("input")));
    assertFalse(layers.has("normalization"));
    assertEquals("[\"cat\",\"</script>\",\"2\",\"3\"]", layers.get("classes").toString());
    Set<String> kernels = new HashSet<>();
    for (Network.Node node : model.network().nodes()) {
      JsonObject layer = Numbers.layer(layers, node.index());
      assertEquals(node.layer().label(), layer.get("label").getAsString());
      assertEquals(node.multiplyAdds(), layer.get("multiplyAdds").getAsLong());
      Shape output = node.output();
      assertEquals(
          List.of(output.channels(), output.height(), output.width()),
          Numbers.integers(layer.get("output")));
      assertEquals(!(node.layer() instanceof Shortcut), layer.has("kernel"));
      if (layer.has("kernel")) {
        kernels.add(layer.get("kernel").getAsString());
      }
    }
    assertEquals(kernels, layers.getAsJsonObject("kernels").keySet());
    JsonObject pool = Numbers.layer(layers, 8);
    assertEquals("pool 3 stride 2 pad 1", pool.get("label").getAsString());
    assertEquals(List.of(3, 3), Numbers.integers(pool.get("size")));
    assertEquals(2, pool.get("stride").getAsInt());
    assertEquals(1, pool.get("padding").getAsInt());
    JsonObject filters = Numbers.layer(layers, 9);
    assertEquals(List.of(2, 3), Numbers.integers(filters.get("size")));
    JsonObject shortcut = Numbers.layer(layers, 13);
    assertEquals("shortcut", shortcut.get("kind").getAsString());
    assertEquals(12, shortcut.get("start").getAsInt());
    JsonObject sum = Numbers.layer(layers, 6);
    assertEquals("residualAdd", sum.get("kind").getAsString());
    assertEquals(3, sum.get("start").getAsInt());
    assertEquals(0.1f, Numbers.layer(layers, 4).get("slope").getAsFloat());
  }

  @Test
  void theImageIsThereAsShownAndAsTheNetworkGetsIt() {
    Network normalized =
        model
            .network()
            .withNormalization(
                Optional.of(
                    new PixelNormalization(List.of(.1f, .2f, .3f), List.of(.5f, .6f, .7f))));
    Model other = new Model(normalized, model.parameters());
    byte[] pixels = inspection.image().pixels();
    ImageSet set = new ImageSet("set 5", INPUT, pixels, new byte[] {2}, 4);
    Inspection labelled = Inspection.of(other, set);
    Shown shown = Shown.of(List.of(labelled), 1);

    JsonObject maps = MapsJson.of(labelled, shown);
    JsonObject layers = LayersJson.of(other, shown);

    assertEquals("set 5", maps.get("name").getAsString());
    assertEquals(2, maps.get("label").getAsInt());
    assertTrue(MapsJson.of(inspection, shown).get("label").isJsonNull());
    assertArrayEquals(pixels, Base64.getDecoder().decode(maps.get("pixels").getAsString()));
    float[] input = Numbers.floats(maps.get("input"));
    assertEquals(pixels.length, input.length);
    int middle = INPUT.plane() + 7;
    assertEquals(((pixels[middle] & 0xFF) / 255f - .2f) / .6f, input[middle], 1e-6f);
    assertEquals(
        "{\"mean\":[0.1,0.2,0.3],\"std\":[0.5,0.6,0.7]}", layers.get("normalization").toString());
    for (int c = 0; c < 4; c++) {
      assertEquals(labelled.logits()[c], maps.getAsJsonArray("logits").get(c).getAsDouble());
      assertEquals(
          labelled.probabilities()[c], maps.getAsJsonArray("probabilities").get(c).getAsDouble());
    }
  }
}
