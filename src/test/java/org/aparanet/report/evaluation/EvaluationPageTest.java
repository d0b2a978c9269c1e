package org.aparanet.report.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.report.training.CurveCharts;
import org.aparanet.report.training.CurveRecorder;
import org.aparanet.report.training.Point;
import org.aparanet.train.evaluate.Prediction;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the page shows of a test. */
class EvaluationPageTest {
  private static final String WILD = "\"<b>&'</b>\"";
  private static final Instant TIME = Instant.parse("2026-11-24T10:00:00.5Z");
  private static final Device DEVICE = new Device("cpu", Device.Kind.JAVA, WILD, "Java", 1, 1);

  @Test
  void namesOfEveryOriginAreEscaped() throws Exception {
    ImageSet images = images(WILD, new Shape(1, 2, 3), 2, 0, 1, 1);

    Document page =
        parse(
            new EvaluationReport(
                    model("conv 2 2, dense 2", images),
                    images,
                    taken(2, 0, 0, 1),
                    DEVICE,
                    TIME,
                    List.of(WILD, "second" + WILD))
                .with(WILD, WILD));

    assertEquals("conv 2 2, dense 2 on " + WILD, text(page, "h1"));
    assertTrue(texts(page, "dd").contains("cpu (" + WILD + ")"));
    assertTrue(texts(page, "dt").contains(WILD));
    assertTrue(texts(page, "th").contains("0 " + WILD));
    assertEquals(
        "image 1: 1 second" + WILD + ", taken for 0 " + WILD,
        images(page).get(0).getAttribute("alt"));
    assertEquals(0, page.getElementsByTagName("b").getLength());
  }

  @Test
  void theHeadlineAndTheTablesHoldTheFigures() throws Exception {
    ImageSet images = images("mine", new Shape(1, 2, 3), 3, 0, 0, 1, 1);

    Document page = parse(report("dense 3", images, taken(3, 0, 1, 1, 1)));

    assertTrue(texts(page, "p").contains("75.00 %"));
    // the probability of what was taken is 0.9, of each of the two others 0.05
    double loss = -(3 * Math.log(0.9) + Math.log(0.05)) / 4;
    assertTrue(
        texts(page, "p")
            .contains(
                "test accuracy: 3 of 4 images; mean loss "
                    + String.format(Locale.ROOT, "%.4f", loss)),
        texts(page, "p").toString());
    assertTrue(texts(page, "dd").contains("2026-11-24T10:00:00Z"));
    List<String> cells = texts(page, "td");
    assertEquals(List.of("1", "1", "0", "0", "2", "0", "0", "0", "0"), cells.subList(0, 9));
    assertEquals(
        List.of("100.00 %", "50.00 %", "66.67 %", "2", "66.67 %", "100.00 %", "80.00 %", "2"),
        cells.subList(9, 17));
    assertEquals(List.of("–", "–", "–", "0"), cells.subList(17, 21));
    assertEquals(2, page.getElementsByTagName("caption").getLength());
    assertTrue(texts(page, "p").contains("Most often confused: 0 taken for 1 (1)."));
    assertTrue(
        texts(page, "p").contains("The network has no convolution whose filters could be shown."));
  }

  @Test
  void withoutAMistakeAndWithoutTrainingNothingOfThemIsShown() throws Exception {
    ImageSet images = images("mine", new Shape(1, 2, 3), 2, 0, 1);

    Document page = parse(report("dense 2", images, taken(2, 0, 1)));

    assertTrue(texts(page, "p").contains("Every image was classified correctly."));
    assertFalse(texts(page, "h2").contains("Training"));
    assertEquals(List.of(), images(page));
  }

  @Test
  void theWorstMistakesComeFirstAndTheirPixelsAreThoseOfTheSet() throws Exception {
    for (int channels : new int[] {1, 3}) {
      Shape shape = new Shape(channels, 5, 7);
      int[] labels = new int[100];
      ImageSet images = images("mine", shape, 2, labels);
      List<Prediction> predictions = new ArrayList<>();
      for (int i = 0; i < labels.length; i++) {
        double own = (i * 37 % 100) / 200.0; // all different, all wrong
        predictions.add(new Prediction(1, new double[] {own, 1 - own}));
      }

      List<Element> shown = images(parse(report("dense 2", images, predictions)));

      assertEquals(EvaluationReport.MISTAKES, shown.size());
      for (int rank = 0; rank < shown.size(); rank++) {
        int image = rank * 73 % 100; // 37 * 73 is 1 modulo 100
        assertEquals("image " + image + ": 0, taken for 1", shown.get(rank).getAttribute("alt"));
        assertArrayEquals(pixels(images, image), decoded(shown.get(rank)));
        assertEquals("7", shown.get(rank).getAttribute("width"));
      }
    }
  }

  @Test
  void largePicturesAreShownWithFewerPixelsAndOtherChannelsByTheirFirst() {
    ImageSet images = images("large", new Shape(2, 3, 700), 2, 0, 0);

    Thumbnail picture = Thumbnail.of(images, 1);

    assertEquals(new Shape(1, 1, 234), picture.shape());
    assertEquals(images.pixels()[2 * 3 * 700 + 3 * 5], picture.pixels()[5]);
  }

  @Test
  void filtersAreScaledToTheirOwnLargestWeight() {
    Network grey = NetworkText.parse(new Shape(1, 4, 4), "conv 2 1x3, dense 2");
    float[] parameters = new float[grey.parameterCount()];
    System.arraycopy(new float[] {-2, 0, 1, 0, 0, 0}, 0, parameters, 0, 6);
    Network colour = NetworkText.parse(new Shape(3, 4, 4), "conv 1 1, dense 2");
    float[] colours = new float[colour.parameterCount()];
    System.arraycopy(new float[] {-1, 0, 1}, 0, colours, 0, 3);

    FirstFilters ofGrey = FirstFilters.of(new Model(grey, parameters)).orElseThrow();
    FirstFilters ofColour = FirstFilters.of(new Model(colour, colours)).orElseThrow();

    assertEquals(2, ofGrey.filters().size());
    assertEquals(-2, ofGrey.filters().get(0).least());
    assertEquals(1, ofGrey.filters().get(0).most());
    assertArrayEquals(
        new int[] {0x21, 0xF7, 0xD5, 0x66, 0xF7, 0x88, 0xAC, 0xF7, 0x91},
        unsigned(ofGrey.filters().get(0).picture().pixels()));
    assertArrayEquals(
        IntStream.generate(() -> 0xF7).limit(9).toArray(),
        unsigned(ofGrey.filters().get(1).picture().pixels()));
    assertArrayEquals(
        new int[] {0, 128, 255}, unsigned(ofColour.filters().get(0).picture().pixels()));
  }

  @Test
  void oneOfManyFiltersAndChannelsSaysSo() throws Exception {
    ImageSet images = images("mine", new Shape(2, 3, 3), 2, 0, 1);

    Document page = parse(report("conv 70 3, dense 2", images, taken(2, 0, 0)));

    assertEquals(1 + FirstFilters.MOST, images(page).size());
    assertTrue(
        texts(page, "p").stream()
            .anyMatch(
                p ->
                    p.endsWith(
                        "of 2 input channels the first is shown; the first 64 of 70 filters.")));
    assertTrue(
        texts(page, "p")
            .contains("All misclassified images: 1; of 2 channels the first is shown."));
  }

  @Test
  void manyClassesAreListedInsteadOfAMatrix() throws Exception {
    int[] labels = IntStream.range(0, 256).toArray();
    ImageSet images = images("mine", new Shape(1, 1, 1), 256, labels);

    Document page =
        parse(
            report(
                "dense 300",
                images,
                taken(300, IntStream.of(labels).map(label -> label + 44).toArray())));

    assertTrue(
        texts(page, "p")
            .contains("A matrix of 300 classes is too wide to read; these are its largest cells."));
    assertEquals(2 * 40 + 4 * 300, page.getElementsByTagName("td").getLength());
  }

  @Test
  void curvesAreDrawnForBothGrounds() throws Exception {
    CurveRecorder recorder = new CurveRecorder();
    for (int step = 1; step <= 5000; step++) {
      recorder.step(step, 1.0 / step);
      recorder.learningRate(0.1 / step);
    }
    recorder.testedEpoch(1, 0.5, 0.9, 0.95);
    ImageSet images = images("mine", new Shape(1, 2, 2), 2, 0, 1);

    Document page = parse(report("dense 2", images, taken(2, 0, 1)).with(recorder.curves()));

    assertEquals(3, page.getElementsByTagName("picture").getLength());
    for (Element image : images(page)) {
      assertTrue(image.getAttribute("alt").contains(" over the "), image.getAttribute("alt"));
      Element dark = (Element) image.getPreviousSibling();
      for (String data : List.of(image.getAttribute("src"), dark.getAttribute("srcset"))) {
        String svg = new String(bytes(data), StandardCharsets.UTF_8);
        assertFalse(svg.replaceAll("xmlns(:xlink)?=\"[^\"]*\"", "").contains("http"), svg);
        assertEquals("svg", parse(svg).getDocumentElement().getTagName());
      }
    }
    assertEquals(
        List.of("0.5000", "90.00 %", "95.00 %"), texts(page, "td").subList(0, 3)); // the epoch
  }

  @Test
  void layersThatAreTooLongForAHeadingAreCounted() throws Exception {
    ImageSet images = images("mine", new Shape(1, 1, 1), 2, 0, 1);
    String layers = "dense 8, ".repeat(8) + "dense 2";

    Document page = parse(report(layers, images, taken(2, 0, 1)));

    assertEquals("Network of 9 layers on mine", text(page, "h1"));
    assertTrue(texts(page, "dd").contains(layers));
  }

  @Test
  void theSmoothedCurveKeepsAStraightLine() {
    List<Point> line = IntStream.range(0, 500).mapToObj(i -> new Point(i, 2.0 * i)).toList();

    List<Point> smoothed = CurveCharts.smoothed(line);

    for (int i = 0; i < line.size(); i++) {
      assertEquals(line.get(i).y(), smoothed.get(i).y(), 1e-9);
    }
  }

  private static EvaluationReport report(
      String network, ImageSet images, List<Prediction> predictions) {
    return new EvaluationReport(
        model(network, images), images, predictions, DEVICE, TIME, List.of());
  }

  private static Model model(String text, ImageSet images) {
    Network network = NetworkText.parse(images.shape(), text);
    return new Model(network, new float[network.parameterCount()]);
  }

  private static ImageSet images(String name, Shape shape, int classes, int... labels) {
    byte[] pixels = new byte[labels.length * shape.size()];
    new Random(1).nextBytes(pixels);
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return new ImageSet(name, shape, pixels, bytes, classes);
  }

  /** Predictions of probability 0.9; what is left is shared out equally. */
  private static List<Prediction> taken(int classes, int... predicted) {
    return IntStream.of(predicted)
        .mapToObj(
            p ->
                new Prediction(
                    p,
                    IntStream.range(0, classes)
                        .mapToDouble(c -> c == p ? 0.9 : 0.1 / (classes - 1))
                        .toArray()))
        .toList();
  }

  private static Document parse(EvaluationReport report) throws Exception {
    return parse(EvaluationPage.of(report));
  }

  private static Document parse(String text) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static String text(Document page, String element) {
    return texts(page, element).get(0);
  }

  private static List<String> texts(Document page, String element) {
    NodeList nodes = page.getElementsByTagName(element);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  private static List<Element> images(Document page) {
    NodeList nodes = page.getElementsByTagName("img");
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static byte[] bytes(String uri) {
    return Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
  }

  /** Samples of a set's image, pixel by pixel. */
  private static int[] pixels(ImageSet images, int image) {
    Shape shape = images.shape();
    int[] samples = new int[shape.size()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int i = 0; i < shape.plane(); i++) {
        samples[i * shape.channels() + c] =
            images.pixels()[image * shape.size() + c * shape.plane() + i] & 0xFF;
      }
    }
    return samples;
  }

  private static int[] decoded(Element image) throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes(image.getAttribute("src"))));
    return read.getRaster().getPixels(0, 0, read.getWidth(), read.getHeight(), (int[]) null);
  }

  private static int[] unsigned(byte[] bytes) {
    return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF).toArray();
  }
}
