package org.aparanet.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.aparanet.Training;
import org.aparanet.browser.Browser;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.inspect.Element;
import org.aparanet.inspect.Explanation;
import org.aparanet.inspect.FeatureMaps;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page in a browser: what a reader gets to know of a value is what the inspection says. */
@Tag("browser")
final class LookPageBrowserTest {
  private static final Pattern LIVE =
      Pattern.compile(
          "(?:(Map|Output) (\\d+)|Class (.*?))(?:, row (\\d+), column (\\d+))?: (\\S+), .*");
  private static final Pattern HEAD = Pattern.compile("Input map (\\d+), .*");

  /** Sentence, heads of the tables, tables and lines of the sum of a layer's details. */
  private static final String PANEL =
      """
      const section = document.querySelectorAll('.maps-layer')[arguments[0]];
      const texts = (query, from) => [...(from || section).querySelectorAll(query)]
        .map(node => node.textContent);
      return JSON.stringify({
        live: section.querySelector('.maps-live').textContent,
        text: section.querySelector('.maps-working').textContent,
        heads: texts('.maps-product-head'),
        tables: [...section.querySelectorAll('.maps-numbers')].map(table => texts('td', table)),
        winner: [...section.querySelectorAll('.maps-numbers td')]
          .findIndex(cell => cell.classList.contains('maps-winner')),
        lines: [...section.querySelectorAll('.maps-sum tr')]
          .map(row => [row.cells[0].textContent, row.cells[1].textContent])
      });
      """;

  private static final String POINT =
      """
      const [section, figure, row, column] = arguments;
      const canvas = document.querySelectorAll('.maps-layer')[section]
        .querySelectorAll('.maps-grid canvas')[figure];
      const box = canvas.getBoundingClientRect();
      canvas.dispatchEvent(new PointerEvent('pointermove', {
        bubbles: true, pointerType: 'mouse',
        clientX: box.left + (column + 0.5) * box.width / canvas.width,
        clientY: box.top + (row + 0.5) * box.height / canvas.height
      }));
      """;

  @TempDir static Path folder;

  private static Browser browser;
  private static DataSet mnist;

  @BeforeAll
  static void openBrowser() {
    browser = new Browser();
    mnist = DataSets.open("mnist", Path.of("data"));
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  /** A trained network by its name, or one with every kind of layer. */
  private static Model model(String name) {
    if (name.equals("every-kind")) {
      return Numbers.model(new Shape(3, 12, 11), Numbers.EVERY_KIND);
    }
    int images = name.equals("deep") ? 640 : 2000;
    return Training.network(name)
        .limit(images)
        .epochs(1)
        .seed(1)
        .device("cpu")
        .run(new DataSet(mnist.train(), mnist.test().first(100)))
        .model();
  }

  private static List<Inspection> inspections(Model model) {
    return model.network().input().channels() == 1
        ? List.of(
            Inspection.of(model, mnist.test().only(7)), Inspection.of(model, mnist.test().only(4)))
        : List.of(Numbers.inspection(model, 1), Numbers.inspection(model, 2));
  }

  private static String open(String name, Model model, List<Inspection> inspections)
      throws IOException {
    Path page = folder.resolve(name + ".html");
    Files.writeString(page, LookPage.of(name, inspections, List.of()));
    assertTrue(Files.size(page) < 3_000_000, Files.size(page) + " bytes");
    browser.console();
    browser.requests();
    browser.open(page.toUri().toString());
    return page.toUri().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"article", "deep", "every-kind"})
  void numbersOfTenPlacesAreThoseOfTheInspection(String name) throws IOException {
    Model model = model(name);
    List<Inspection> inspections = inspections(model);
    String address = open(name, model, inspections);

    assertPlaces(model, inspections.get(0), 10);
    WebElement second = browser.driver().findElements(By.cssSelector("input[type=radio]")).get(1);
    second.click();
    assertPlaces(model, inspections.get(1), model.network().nodes().size());

    assertEquals(List.of(), browser.console());
    assertEquals(List.of(address), browser.requests());
  }

  /** Places in all layers, one after the other, drawn at random. */
  private static void assertPlaces(Model model, Inspection inspection, int places) {
    Random random = new Random(11);
    List<Network.Node> nodes = model.network().nodes();
    for (int i = 0; i < places; i++) {
      Network.Node node = nodes.get((nodes.size() - 1 - i % nodes.size()));
      Shape shape = node.output();
      int map = random.nextInt(shape.channels());
      int row = random.nextInt(shape.height());
      int column = random.nextInt(shape.width());
      point(node, map, row, column);
      assertPanel(inspection, node, map, row, column);
    }
  }

  private static void point(Network.Node node, int map, int row, int column) {
    boolean vector = node.output().plane() == 1;
    int columns = Math.min(node.output().channels(), 24);
    browser.run(
        POINT,
        node.index() + 1,
        vector ? 0 : map,
        vector ? map / columns : row,
        vector ? map % columns : column);
  }

  private static JsonObject panel(int section) {
    return JsonParser.parseString((String) browser.run(PANEL, section)).getAsJsonObject();
  }

  private static void assertPanel(
      Inspection inspection, Network.Node node, int map, int row, int column) {
    JsonObject panel = panel(node.index() + 1);
    Explanation expected = inspection.explain(node.index(), map, row, column);
    String live = panel.get("live").getAsString();
    Matcher told = LIVE.matcher(live);
    assertTrue(told.matches(), live);
    assertEquals("" + map, told.group(2) == null ? told.group(3) : told.group(2), live);
    if (node.output().plane() > 1) {
      assertEquals(row + " " + column, told.group(4) + " " + told.group(5), live);
    }
    assertPrinted(expected.value(), told.group(6), live);
    List<Double> numbers = numbers(panel.get("text").getAsString());
    if (expected instanceof Explanation.WeightedSum sum) {
      assertSum(inspection.input(node.index()), sum, panel);
    } else if (expected instanceof Explanation.Largest largest) {
      assertCells(
          largest.from().stream().mapToDouble(Element::value).toArray(),
          panel.getAsJsonArray("tables").get(0).getAsJsonArray());
      assertEquals(largest.winner(), panel.get("winner").getAsInt());
      Element winner = largest.from().get(largest.winner());
      String place = "row " + winner.row() + ", column " + winner.column() + ".";
      assertTrue(panel.get("text").getAsString().endsWith(place), place);
    } else if (expected instanceof Explanation.Mean mean) {
      assertCells(
          mean.from().stream().mapToDouble(Element::value).toArray(),
          panel.getAsJsonArray("tables").get(0).getAsJsonArray());
      assertPrintedLast(
          numbers,
          mean.from().stream().mapToDouble(Element::value).sum(),
          mean.from().size(),
          mean.value());
    } else if (expected instanceof Explanation.Rectified rectified) {
      assertPrintedLast(numbers.subList(0, 1), rectified.from().get(0).value());
      assertPrintedLast(numbers, rectified.value());
    } else if (expected instanceof Explanation.Normalized n) {
      double x = n.from().get(0).value();
      assertPrintedLast(numbers, x, n.mean(), n.variance(), 1e-5, n.weight(), n.bias(), n.value());
    } else if (expected instanceof Explanation.Sum sum) {
      assertPrintedLast(numbers, sum.from().get(0).value(), sum.from().get(1).value(), sum.value());
    } else {
      assertPrintedLast(numbers, expected.from().get(0).value(), expected.value());
    }
  }

  /** The tables of the strongest maps, and lines that add up to the value. */
  private static void assertSum(
      FeatureMaps input, Explanation.WeightedSum expected, JsonObject panel) {
    int taps = expected.weights().length / input.shape().channels();
    JsonArray heads = panel.getAsJsonArray("heads");
    JsonArray tables = panel.getAsJsonArray("tables");
    assertEquals(3 * heads.size(), tables.size());
    for (int i = 0; i < heads.size(); i++) {
      Matcher head = HEAD.matcher(heads.get(i).getAsString());
      assertTrue(head.matches(), heads::toString);
      int from = Integer.parseInt(head.group(1)) * taps;
      int[] range = IntStream.range(from, from + taps).toArray();
      assertCells(
          IntStream.of(range).mapToDouble(k -> expected.from().get(k).value()).toArray(),
          tables.get(3 * i).getAsJsonArray());
      assertCells(
          IntStream.of(range).mapToDouble(k -> expected.weights()[k]).toArray(),
          tables.get(3 * i + 1).getAsJsonArray());
      assertCells(
          IntStream.of(range).mapToDouble(expected::product).toArray(),
          tables.get(3 * i + 2).getAsJsonArray());
    }
    JsonArray lines = panel.getAsJsonArray("lines");
    double together = 0;
    double strongest = Double.POSITIVE_INFINITY;
    int maps = 0;
    for (JsonElement element : lines) {
      String name = element.getAsJsonArray().get(0).getAsString();
      String number = element.getAsJsonArray().get(1).getAsString();
      Matcher own = Pattern.compile("input(?: map)? (\\d+)").matcher(name);
      Matcher others = Pattern.compile("the other (\\d+) .* together").matcher(name);
      if (own.matches()) {
        int from = Integer.parseInt(own.group(1)) * taps;
        double sum = IntStream.range(from, from + taps).mapToDouble(expected::product).sum();
        assertPrinted(sum, number, name);
        assertTrue(Math.abs(sum) <= strongest + 1e-6, "the strongest first");
        strongest = Math.abs(sum);
        maps++;
      } else if (others.matches()) {
        maps += Integer.parseInt(others.group(1));
      } else if (name.equals("bias")) {
        assertPrinted(expected.bias(), number, name);
      }
      if (name.equals("value") || name.equals("logit")) {
        assertPrinted(expected.value(), number, name);
        assertEquals(parse(number), together, 0.00006 * lines.size());
      }
      together += parse(number);
    }
    assertEquals(input.shape().channels(), maps, "all input maps");
  }

  private static void assertCells(double[] expected, JsonArray cells) {
    assertEquals(expected.length, cells.size());
    for (int i = 0; i < expected.length; i++) {
      String text = cells.get(i).getAsString().replace("\u25b8\u00a0", "");
      assertPrinted(expected[i], text, cells.toString());
    }
  }

  /** A printed number is the rounded one; floats of the page may differ in their seventh digit. */
  private static void assertPrinted(double expected, String text, String where) {
    int exponent = text.indexOf('e');
    double unit = exponent < 0 ? 1e-4 : Math.pow(10, parse(text.substring(exponent + 1)) - 2);
    double float32 = 1e-6 * Math.max(1, Math.abs(expected));
    assertEquals(expected, parse(text), unit / 2 + float32, where);
  }

  private static void assertPrintedLast(List<Double> numbers, double... expected) {
    List<Double> last = numbers.subList(numbers.size() - expected.length, numbers.size());
    for (int i = 0; i < expected.length; i++) {
      double digits = Math.max(6e-5, 1e-6 * Math.abs(expected[i]));
      assertEquals(expected[i], last.get(i), digits, numbers.toString());
    }
  }

  private static List<Double> numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    Matcher number = Pattern.compile("\u2212?\\d+(\\.\\d+)?(e\u2212?\\+?\\d+)?").matcher(text);
    while (number.find()) {
      numbers.add(parse(number.group()));
    }
    return numbers;
  }

  private static double parse(String text) {
    return Double.parseDouble(text.replace('\u2212', '-'));
  }

  @Test
  void keysReachWhatTheMouseReaches() throws IOException {
    Model model = model("article");
    Inspection inspection = inspections(model).get(0);
    open("keys", model, List.of(inspection));

    assertEquals(
        (long) model.network().nodes().size() + 1,
        browser.run("return document.querySelectorAll('.maps-grid canvas[tabindex=\"0\"]').length"),
        "one stop in each grid");
    while (!inGrid(1)) {
      press(Keys.TAB);
    }
    Network.Node convolution = model.network().nodes().get(0);
    assertPanel(inspection, convolution, 0, 13, 13);
    for (Keys key :
        List.of(Keys.PAGE_DOWN, Keys.PAGE_DOWN, Keys.ARROW_RIGHT, Keys.ARROW_UP, Keys.ARROW_UP)) {
      press(key);
    }
    assertPanel(inspection, convolution, 2, 11, 14);
    assertEquals("map 2", focused().getAttribute("aria-label"));
    focused().sendKeys("]");
    focused().sendKeys("[");
    focused().sendKeys("[");
    assertPanel(inspection, convolution, 1, 11, 14);
    String byKeys = panel(1).toString();

    press(Keys.TAB);
    while (!inGrid(3)) {
      press(Keys.TAB);
    }
    press(Keys.ARROW_RIGHT);
    press(Keys.ARROW_RIGHT);
    assertPanel(inspection, model.network().nodes().get(2), 2, 0, 0);

    press(Keys.ESCAPE);
    browser.driver().navigate().refresh();
    WebElement canvas = browser.driver().findElements(By.cssSelector(".maps-grid canvas")).get(2);
    new Actions(browser.driver())
        .moveToElement(canvas, (14 - 13) * 3 + 1, (11 - 13) * 3 + 1)
        .click()
        .perform();
    assertEquals(byKeys, panel(1).toString());
    point(convolution, 5, 1, 1);
    assertEquals(byKeys, panel(1).toString(), "a click keeps the place");
  }

  @Test
  void whatHiddenMapsAddIsInTheSum() throws IOException {
    Model model =
        Numbers.model(new Shape(1, 20, 20), "conv 400 3 same relu, conv 300 3 same, dense 10");
    Inspection inspection = Numbers.inspection(model, 1);
    Shown shown = Shown.of(List.of(inspection), LookPage.VALUES);
    assertTrue(shown.maps(0).size() < 400, "some maps are hidden");
    open("hidden", model, List.of(inspection));

    browser.run(POINT, 3, 7, 5, 6);

    assertPanel(inspection, model.network().nodes().get(2), shown.maps(2).get(7), 5, 6);
    String lines = panel(3).get("lines").toString();
    assertTrue(lines.contains("the other 391 input maps together"), lines);
    assertEquals(
        "400 maps of 20x20; 1,440,000 multiply-adds; the "
            + shown.maps(0).size()
            + " strongest are shown",
        browser.run("return document.querySelectorAll('.maps-facts')[1].textContent"));
  }

  @Test
  void anAddressMayNameAPlace() throws IOException {
    Model model = Numbers.model(new Shape(3, 12, 11), Numbers.EVERY_KIND);
    Inspection inspection = inspections(model).get(0);
    String address = open("place", model, List.of(inspection));
    for (String wrong : List.of("#1,6,0,0", "#1,5,12,0", "#99,0,0,0", "#x", "#1,5,-1,0")) {
      browser.open("about:blank");
      browser.open(address + wrong);
      assertEquals("", panel(1).get("live").getAsString(), wrong);
    }
    assertEquals(List.of(), browser.console());

    browser.open("about:blank");
    browser.open(address + "#1,5,11,10");

    assertPanel(inspection, model.network().nodes().get(0), 5, 11, 10);
  }

  private static WebElement focused() {
    return browser.driver().switchTo().activeElement();
  }

  private static void press(Keys key) {
    focused().sendKeys(key);
  }

  private static boolean inGrid(int section) {
    return (Boolean)
        browser.run(
            "return document.querySelectorAll('.maps-layer')[arguments[0]]"
                + ".querySelector('.maps-grid').contains(document.activeElement)",
            section);
  }

  @Test
  void scalesDeadMapsProbabilitiesAndKernelsAreTold() throws IOException {
    Model model = model("deep");
    Inspection inspection = inspections(model).get(0);
    open("told", model, List.of(inspection));

    for (Network.Node node : model.network().nodes()) {
      FeatureMaps output = inspection.output(node.index());
      WebElement section =
          browser.driver().findElements(By.cssSelector(".maps-layer")).get(node.index() + 1);
      List<WebElement> ends = section.findElements(By.cssSelector(".maps-legend > span"));
      assertPrinted(output.largestMagnitude(), ends.get(1).getText(), "scale");
      assertPrinted(-output.largestMagnitude(), ends.get(0).getText(), "scale");
      if (node.output().plane() > 1) {
        List<String> expected =
            IntStream.range(0, node.output().channels())
                .mapToObj(map -> map + (output.isDead(map) ? " dead" : ""))
                .toList();
        assertEquals(
            expected,
            browser.run(
                "return [...arguments[0].querySelectorAll('figcaption')].map(c => c.textContent)",
                section));
      }
    }
    List<String> cells =
        browser.driver().findElements(By.cssSelector(".maps-classes td:nth-child(2)")).stream()
            .map(WebElement::getText)
            .toList();
    for (int c = 0; c < 10; c++) {
      assertEquals(String.format("%.2f %%", 100 * inspection.probabilities()[c]), cells.get(c));
    }
    WebElement labelled = browser.driver().findElements(By.cssSelector(".maps-classes th")).get(9);
    assertTrue(labelled.getText().contains("labelled"), labelled.getText());
    browser.driver().findElement(By.cssSelector(".maps-kernel summary")).click();
    KernelText text = KernelText.of("ConvolutionForward");
    browser.await("return document.querySelectorAll('.maps-kernel pre').length > 0");
    assertEquals(
        List.of(text.java(), text.openCl()),
        browser.run("return [...document.querySelectorAll('pre')].map(pre => pre.textContent)"));
  }

  /** The policy stands against whatever may have got into the page. */
  @Test
  void nothingElseRunsOrIsAskedFor() throws IOException {
    Model model = Numbers.model(new Shape(1, 6, 6), "conv 2 3, dense 3");
    open("policy", model, List.of(Numbers.inspection(model, 1)));
    AtomicInteger asked = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      browser.run(
          "const s = document.createElement('script'); s.textContent = 'window.ran = true';"
              + " document.body.append(s);");
      Object image =
          browser
              .driver()
              .executeAsyncScript(
                  "const done = arguments[1]; const i = new Image();"
                      + " document.addEventListener('securitypolicyviolation',"
                      + " event => done(event.violatedDirective)); i.src = arguments[0];",
                  "http://127.0.0.1:" + server.getAddress().getPort() + "/x.png");

      assertEquals("img-src", image);
      assertEquals(true, browser.run("return window.ran === undefined"));
      assertEquals(0, asked.get());
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "article, 400, false",
    "article, 400, true",
    "article, 1280, false",
    "article, 1280, true",
    "every-kind, 400, true",
    "every-kind, 1280, false"
  })
  void everybodyCanUseItOnAnyScreen(String name, int width, boolean dark) throws IOException {
    Model model = model(name);
    List<Inspection> inspections = inspections(model);
    browser.resize(width, 900);
    browser.scheme(dark);
    open(name + width, model, inspections);
    assertPlaces(model, inspections.get(0), model.network().nodes().size());
    browser.driver().findElement(By.cssSelector(".maps-kernel summary")).click();
    browser.await("return document.querySelectorAll('.maps-kernel pre').length > 0");

    browser.assertAccessible();
    assertEquals(
        true,
        browser.run("return document.documentElement.scrollWidth <= innerWidth"),
        "no scrolling to the side");
    assertEquals(
        List.of(),
        browser.run(
            "return [...document.querySelectorAll('body *')].filter(e => e.childElementCount === 0"
                + " && e.textContent.trim() && parseFloat(getComputedStyle(e).fontSize) < 11)"
                + ".map(e => e.outerHTML)"),
        "small text");
    browser.resize(width, 3000);
    browser.screenshot("look-" + name + "-" + width + (dark ? "-dark" : "-light"));
    browser.resize(1280, 900);
    browser.scheme(false);
  }
}
