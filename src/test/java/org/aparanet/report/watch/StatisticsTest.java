package org.aparanet.report.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.check.ReferenceNetwork;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.evaluate.Accuracy;
import org.junit.jupiter.api.Test;

/** The numbers of a page, against values that were computed by hand or in another way. */
class StatisticsTest {
  @Test
  void aHistogramCountsEachValueInItsBin() {
    double[] values = {0, 1, 31.5, 32, 16, 15.999, Double.NaN, Double.POSITIVE_INFINITY};

    Histogram histogram = Histogram.of(values); // bins of width 1

    int[] counts = new int[32];
    counts[0] = 1;
    counts[1] = 1;
    counts[15] = 1;
    counts[16] = 1;
    counts[31] = 2;
    assertArrayEquals(counts, histogram.counts());
    assertEquals(0, histogram.low());
    assertEquals(32, histogram.high());
    assertEquals((0 + 1 + 31.5 + 32 + 16 + 15.999) / 6, histogram.mean(), 1e-12);
    assertEquals(
        Math.sqrt(1 + 31.5 * 31.5 + 32 * 32 + 16 * 16 + 15.999 * 15.999), histogram.norm(), 1e-12);
    assertEquals(1, histogram.zeros());
    assertEquals(2, histogram.notFinite());
    assertEquals(8, histogram.total());
  }

  @Test
  void aHistogramOfEqualValuesOrOfNoneHasOneBinOrNone() {
    Histogram equal = Histogram.of(new double[] {-3, -3, -3});
    Histogram none = Histogram.of(new double[] {Double.NaN});

    assertEquals(3, equal.counts()[0]);
    assertEquals(-3, equal.low());
    assertEquals(-3, equal.high());
    assertEquals(0, none.low());
    assertEquals(1, none.total());
    assertEquals("0.0", none.json().get("mean").getAsString());
  }

  @Test
  void theRatioOfAnUpdateIsItsNormOverThatOfTheWeights() {
    Network network = NetworkText.parse(new Shape(2, 1, 1), "dense 2");
    float[] before = {3, 0, 4, 0, 100, 100}; // weights, then biases, which do not count
    float[] after = {3, 1, 4, 0, 200, 0};

    JsonObject layer = WeightStatistics.of(network, after, before, after).get(0).getAsJsonObject();

    assertEquals(1, layer.get("update").getAsDouble());
    assertEquals(0.2, layer.get("ratio").getAsDouble(), 1e-7);
    assertEquals(Math.sqrt(26), norm(layer, "weights"), 1e-6);
    assertFalse(
        WeightStatistics.of(network, after, null, null).get(0).getAsJsonObject().has("ratio"));
  }

  @Test
  void aRatioIsAZeroWhereNothingMovesAndNoNumberWhereNothingWas() {
    Network network = NetworkText.parse(new Shape(1, 1, 1), "dense 1");
    float[] zero = {0, 0};
    float[] one = {1, 0};

    assertEquals(0, WeightStatistics.ratio(zero, zero, network.tensors().get(0)));
    JsonObject layer = WeightStatistics.of(network, one, zero, one).get(0).getAsJsonObject();
    assertTrue(layer.get("ratio").isJsonNull(), "JSON has no infinity");
  }

  @Test
  void aMapIsDeadThatIsZeroEverywhereInAllImages() {
    double[][] activations = {
      {0, 0, 1, 0, 0, 0, 0, 0}, // 4 maps of 2 values
      {0, 0, 0, 0, 0, 2, 0, 0},
    };

    assertEquals(0.5, ProbeImages.deadShare(activations, 2)); // maps 0 and 3
    assertEquals(0.75, ProbeImages.deadShare(activations, 1)); // values 2 and 5 live
  }

  /** Each weight moved a little either way changes the mean loss as the gradient says. */
  @Test
  void theGradientIsThatOfTheLossOverTheProbeImages() {
    Network network =
        NetworkText.parse(new Shape(1, 6, 6), "conv 2 3 relu, pool 2, dense 4 relu, dense 3");
    ImageSet images = images(20, 36);
    ProbeImages probe = new ProbeImages(network, images, 0);
    float[] parameters = Initialization.suited(network).draw(network, 5);

    JsonArray layers = probe.layers(parameters);

    assertEquals(8, probe.count());
    for (int layer : new int[] {0, 3, 5}) {
      Network.Tensor tensor = network.nodes().get(layer).tensors().get(0);
      double squares = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        double slope = slope(network, images, parameters, i);
        squares += slope * slope;
        least = Math.min(least, slope);
      }
      JsonObject found = layers.get(layer).getAsJsonObject();
      assertEquals(Math.sqrt(squares), norm(found, "gradient"), 1e-5 * Math.sqrt(squares) + 1e-7);
      assertEquals(least, found.getAsJsonObject("gradient").get("low").getAsDouble(), 1e-5);
    }
  }

  @Test
  void frozenLayersHaveNoGradientAndOthersThatOfTheLoss() {
    Network network =
        NetworkText.parse(new Shape(1, 6, 6), "conv 2 3 relu, pool 2, dense 4 relu, dense 3");
    ImageSet images = images(20, 36);
    float[] parameters = Initialization.suited(network).draw(network, 5);

    JsonArray all = new ProbeImages(network, images, 0).layers(parameters);
    JsonArray frozen = new ProbeImages(network, images, 3).layers(parameters);

    assertEquals(0, norm(frozen.get(0).getAsJsonObject(), "gradient"));
    for (int layer : new int[] {3, 5}) {
      double expected = norm(all.get(layer).getAsJsonObject(), "gradient");
      assertEquals(
          expected, norm(frozen.get(layer).getAsJsonObject(), "gradient"), 1e-6 * expected);
      assertTrue(expected > 0);
    }
  }

  private static double slope(Network network, ImageSet images, float[] parameters, int index) {
    double step = 1e-6;
    return (loss(network, images, parameters, index, step)
            - loss(network, images, parameters, index, -step))
        / (2 * step);
  }

  private static double loss(
      Network network, ImageSet images, float[] parameters, int index, double move) {
    double[] values = new double[parameters.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters[i];
    }
    values[index] += move;
    double loss = 0;
    for (int image = 0; image < 8; image++) {
      double[][] pixels = {ReferenceNetwork.pixels(network, images, image)};
      double[] logits = new ReferenceNetwork(network).infer(values, pixels)[0];
      loss -= Math.log(ReferenceNetwork.softmax(logits)[images.label(image)]) / 8;
    }
    return loss;
  }

  @Test
  void activationsAreThoseOfInference() {
    Network network = NetworkText.parse(new Shape(1, 1, 1), "dense 2 relu, dense 2");
    ImageSet images =
        new ImageSet("two", new Shape(1, 1, 1), new byte[] {(byte) 255, 0}, new byte[2], 2);
    float[] parameters = {3, -1, 0, 0, 1, 1, 1, 1, 0, 0}; // values 3 and -1 of pixel 1, then 0

    JsonArray layers = new ProbeImages(network, images, 0).layers(parameters);

    JsonObject relu = layers.get(1).getAsJsonObject();
    assertEquals(3, relu.getAsJsonObject("activations").get("high").getAsDouble());
    assertEquals(0.75, relu.getAsJsonObject("activations").get("zeros").getAsDouble());
    assertEquals(0.5, relu.get("dead").getAsDouble());
    assertFalse(relu.has("gradient"));
    assertEquals(
        -1,
        layers.get(0).getAsJsonObject().getAsJsonObject("activations").get("low").getAsDouble());
  }

  @Test
  void filtersComeWithWhatChangedInThem() {
    Network network = NetworkText.parse(new Shape(1, 3, 3), "conv 2 2 nobias, dense 2");
    float[] first = new float[network.parameterCount()];
    float[] second = first.clone();
    second[5] = 0.25f;
    FilterChanges filters = FilterChanges.of(network).orElseThrow();

    JsonObject before = filters.at(10, first);
    JsonObject after = filters.at(30, second);

    assertFalse(before.has("change"));
    assertEquals(10, after.get("since").getAsInt());
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0.25f, 0, 0}, floats(after, "change"));
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0.25f, 0, 0}, floats(after, "weights"));
    assertEquals(
        Optional.empty(), FilterChanges.of(NetworkText.parse(new Shape(1, 3, 3), "dense 2")));
  }

  @Test
  void curvesTellWhatIsNewOnceAndAllAlways() {
    LiveCurves curves = new LiveCurves();
    curves.step(step(1, 4));
    curves.step(step(2, 2));
    assertEquals("[[1.5,3.0]]", curves.news().get("loss").toString());
    assertEquals("{}", curves.news().toString());
    curves.step(step(3, 1));
    curves.epoch(
        new TrainingListener.Epoch(
            1, 2.5, 0.5, Optional.empty(), Optional.of(new Accuracy(3, 4)), 1, 1));

    JsonObject news = curves.news();

    assertEquals("[[3.0,1.0]]", news.get("loss").toString());
    assertEquals("[[3.0,0.75]]", news.get("testAccuracy").toString());
    assertEquals("[[3.0,2.5]]", news.get("epochLoss").toString());
    assertFalse(news.has("validationAccuracy"));
    assertEquals("[[1.0,4.0],[2.0,2.0],[3.0,1.0]]", curves.all().get("loss").toString());
  }

  @Test
  void curvesOfALongRunStaySmallAndHoldItWhole() {
    LiveCurves curves = new LiveCurves();
    for (int step = 1; step <= 100_000; step++) {
      curves.step(step(step, step));
      curves.epoch(
          new TrainingListener.Epoch(step, 1, 1, Optional.empty(), Optional.empty(), 1, 1));
    }

    JsonArray loss = curves.all().getAsJsonArray("loss");

    assertTrue(loss.size() <= 501, "" + loss.size());
    assertTrue(loss.get(0).getAsJsonArray().get(0).getAsDouble() < 200);
    assertTrue(loss.get(loss.size() - 1).getAsJsonArray().get(0).getAsDouble() > 99_500);
    assertTrue(curves.news().getAsJsonArray("epochLoss").size() <= 500);
  }

  /** Times that are not known yet are left out of JSON, which has no word for them. */
  @Test
  void whatIsNotFiniteIsNull() {
    LiveCurves curves = new LiveCurves();
    curves.step(step(1, Double.POSITIVE_INFINITY));

    assertEquals("[[1.0,null]]", curves.all().get("loss").toString());
  }

  @Test
  void workIsFollowedByARestThatItsShareDemands() {
    Effort effort = new Effort(0.01, 700, 0);

    assertTrue(effort.isDue(0));
    effort.spent(1_000_000, 2_000_000); // a hundredth of 100 ms, less than the least rest
    assertFalse(effort.isDue(701_999_999));
    assertTrue(effort.isDue(702_000_000));
    effort.spent(20_000_000, 800_000_000); // 20 ms of 2 s
    assertFalse(effort.isDue(2_799_999_999L));
    assertTrue(effort.isDue(2_800_000_000L));
    effort.spentBeside(5_000_000, 2_800_000_000L);
    assertFalse(effort.isDue(3_299_999_999L));
    assertTrue(effort.isDue(3_300_000_000L));
    effort.spent(1_000_000_000, 4_000_000_000L);
    effort.waitUntil(4_000_000_001L);
    assertTrue(effort.isDue(4_000_000_001L));
  }

  private static TrainingListener.Step step(long step, double loss) {
    return new TrainingListener.Step(
        step, 1, 8, loss, 0.5, 0.1f, new TrainingListener.Progress(8, 80, loss, 0.5, 100, 1));
  }

  private static double norm(JsonObject layer, String what) {
    return layer.getAsJsonObject(what).get("norm").getAsDouble();
  }

  private static float[] floats(JsonObject json, String name) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(json.get(name).getAsString()))
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.capacity() / 4];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  private static ImageSet images(int count, int size) {
    byte[] pixels = new byte[count * size];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37 % 241);
      labels[i / size] = (byte) (i / size % 3);
    }
    return new ImageSet("images", new Shape(1, 6, 6), pixels, labels, 3);
  }
}
