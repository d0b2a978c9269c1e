package org.aparanet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.aparanet.Predictor;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.serve.BoundPort;
import org.aparanet.serve.ModelServer;
import org.aparanet.serve.ServedModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of serve, drawn on by a hand that the test moves. */
@Tag("browser")
final class ServePageTest {
  private static final By ANSWER = By.id("answer");

  @TempDir static Path folder;

  private static Model model;
  private static ImageSet test;
  private static Browser browser;

  private ServedModel served;
  private ModelServer server;

  @BeforeAll
  static void train() {
    DataSet mnist = DataSets.open("mnist", Path.of("data"));
    test = mnist.test();
    model = Training.recipe("mnist-fast").device("cpu").run(mnist).model();
    browser = new Browser();
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    open(model, Optional.of(test));
  }

  private void open(Model opened, Optional<ImageSet> images) throws Exception {
    served =
        new ServedModel("digits.safetensors", Predictor.of(opened).device("cpu").open(), images);
    server = BoundPort.open("127.0.0.1", 0).serve(served);
    browser.console();
    browser.requests();
    browser.scheme(false);
    browser.resize(1280, 900);
    browser.open(server.address().toString());
  }

  @AfterEach
  void close() {
    List<String> messages = browser.console();
    List<String> requests = browser.requests();
    String ours = server.address().toString();
    server.close();
    served.predictor().close();

    assertEquals(List.of(), messages);
    assertEquals(
        List.of(), requests.stream().filter(request -> !request.startsWith(ours)).toList());
  }

  /** Two of each, drawn point by point; the maps follow while the pen moves. */
  @Test
  void drawnDigitsAreRecognised() {
    awaitAnswer("7");
    List<String> wrong = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    for (DigitStrokes.Drawn drawn : DigitStrokes.ALL) {
      click("clear");
      await(() -> text(ANSWER).equals("nothing is drawn"));
      draw(drawn);
      awaitQuiet();
      if (!text(ANSWER).startsWith(drawn.digit() + ",")) {
        wrong.add(drawn.digit() + " read as " + text(ANSWER));
      }
      times.addAll(answerTimes());
    }
    assertTrue(wrong.size() <= 3, wrong::toString);
    times.sort(null);
    double median = times.get(times.size() / 2);
    assertTrue(times.size() >= 3 * DigitStrokes.ALL.size(), times.size() + " answers");
    assertTrue(median < 250, "half of the answers took more than " + median + " ms");
  }

  @Test
  void testImagesAreChosenByKeysAndReadOut() {
    awaitAnswer("7");
    assertEquals("mnist test 0, really 7", text(By.id("truth")));

    browser.driver().findElement(By.id("next")).sendKeys(Keys.ENTER);
    awaitAnswer("2");
    WebElement number = browser.driver().findElement(By.id("number"));
    number.sendKeys(Keys.chord(Keys.CONTROL, "a"), "4", Keys.TAB);
    awaitAnswer("4");
    String said = (String) browser.run("return document.getElementById('said').textContent");
    assertTrue(said.matches("Answer: 4, [0-9.]+ %; mnist test 4, really 4"), said);
    number.sendKeys(Keys.chord(Keys.CONTROL, "a"), "0", Keys.TAB);
    awaitAnswer("7");
    click("previous");
    await(() -> text(By.id("truth")).equals("mnist test 9999, really 6"));
  }

  @Test
  void aPictureIsChosenAndItsMistakeIsNamed() throws Exception {
    awaitAnswer("7");
    Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
    Path picture = folder.resolve("one.png");
    java.awt.image.BufferedImage image =
        new java.awt.image.BufferedImage(28, 28, java.awt.image.BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 28 * 28; i++) { // dark ink on paper
      boolean ink = i % 28 >= 13 && i % 28 < 15 && i / 28 >= 4 && i / 28 < 24;
      image.getRaster().setSample(i % 28, i / 28, 0, ink ? 0 : 255);
    }
    javax.imageio.ImageIO.write(image, "png", picture.toFile());

    browser.driver().findElement(By.id("file")).sendKeys(broken.toAbsolutePath().toString());
    await(() -> !text(By.id("problem")).isEmpty());
    assertEquals(
        "The server says: the picture is not an image; allowed are PNG, JPEG, GIF, BMP, TIFF and WebP.",
        text(By.id("problem")));
    assertTrue(browser.console().toString().contains("400"), "the browser notes it, too");

    click("invert");
    browser.driver().findElement(By.id("file")).sendKeys(picture.toAbsolutePath().toString());
    await(() -> text(By.id("truth")).equals("picture one.png"));
    awaitAnswer("1");
    assertEquals("", text(By.id("problem")));
    browser.console(); // unticking and the broken picture may have asked once more
  }

  @Test
  void everybodyCanReadItNarrowAndWideLightAndDark() {
    awaitAnswer("7");
    for (boolean dark : List.of(false, true)) {
      browser.scheme(dark);
      for (int width : List.of(400, 1280)) {
        browser.resize(width, 1400);
        awaitQuiet();
        browser.assertAccessible();
        assertEquals(
            true,
            browser.run("return document.documentElement.scrollWidth <= innerWidth"),
            width + " pixels are not enough");
        browser.screenshot("serve-" + width + (dark ? "-dark" : "-light"));
      }
    }
  }

  @Test
  void withoutADataSetOneDraws() throws Exception {
    close();
    open(model, Optional.empty());
    await(() -> text(ANSWER).equals("nothing is drawn"));

    assertFalse(browser.driver().findElement(By.id("tests")).isDisplayed());
    draw(DigitStrokes.ALL.get(4));
    awaitQuiet();
    awaitAnswer("2");
    browser.assertAccessible();
  }

  @Test
  void forColourPicturesAreChosen() throws Exception {
    close();
    Network network = NetworkText.parse(new Shape(3, 8, 8), "conv 4 3 relu, pool 2, dense 2");
    float[] parameters = new float[network.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (i * 7 % 13 - 6) / 20f;
    }
    byte[] pixels = new byte[2 * 192];
    new java.util.Random(1).nextBytes(pixels);
    ImageSet two = new ImageSet("two", new Shape(3, 8, 8), pixels, new byte[] {0, 1}, 2);
    open(new Model(network, parameters, List.of("cat", "dog")), Optional.of(two));
    await(() -> text(By.id("truth")).equals("two 0, really cat"));

    assertFalse(browser.driver().findElement(By.id("clear")).isDisplayed());
    assertTrue(browser.driver().findElement(By.id("file")).isDisplayed());
    click("next");
    await(() -> text(By.id("truth")).equals("two 1, really dog"));
    browser.assertAccessible();
    browser.screenshot("serve-colour");
  }

  /** Draws a digit; before the pen is lifted for the first time, the maps have followed it. */
  private void draw(DigitStrokes.Drawn drawn) {
    Object before = map();
    boolean followed = false;
    for (int[] stroke : drawn.strokes()) {
      pen("mousePressed", stroke[0], stroke[1]);
      for (int i = 2; i < stroke.length; i += 2) {
        int steps =
            1 + (int) Math.hypot(stroke[i] - stroke[i - 2], stroke[i + 1] - stroke[i - 1]) / 14;
        for (int step = 1; step <= steps; step++) {
          double part = (double) step / steps;
          pen(
              "mouseMoved",
              stroke[i - 2] + (stroke[i] - stroke[i - 2]) * part,
              stroke[i - 1] + (stroke[i + 1] - stroke[i - 1]) * part);
        }
      }
      if (!followed) {
        await(() -> !map().equals(before));
        followed = true;
      }
      pen("mouseReleased", stroke[stroke.length - 2], stroke[stroke.length - 1]);
    }
  }

  /** The first map of the first layer, as it is painted. */
  private static Object map() {
    return browser.run(
        "return document.querySelectorAll('#maps .maps-layer')[1]"
            + ".querySelector('.maps-grid canvas').toDataURL()");
  }

  /** A pen's event at a point of a field of 100 x 100. */
  private void pen(String event, double x, double y) {
    @SuppressWarnings("unchecked")
    Map<String, Number> box =
        (Map<String, Number>)
            browser.run(
                "const b = document.getElementById('field').getBoundingClientRect();"
                    + "return {x: b.left, y: b.top, side: b.width}");
    double side = box.get("side").doubleValue();
    browser
        .driver()
        .executeCdpCommand(
            "Input.dispatchMouseEvent",
            Map.of(
                "type",
                event,
                "x",
                box.get("x").doubleValue() + x * side / 100,
                "y",
                box.get("y").doubleValue() + y * side / 100,
                "button",
                "left",
                "buttons",
                event.equals("mouseReleased") ? 0 : 1,
                "clickCount",
                event.equals("mouseMoved") ? 0 : 1,
                "pointerType",
                "pen"));
  }

  /** Milliseconds from question to answer since the last call, as the page has them. */
  private List<Double> answerTimes() {
    List<Double> times = new ArrayList<>();
    Object measured =
        browser.run(
            "const t = performance.getEntriesByType('resource')"
                + ".filter(e => e.name.includes('/look')).map(e => e.responseEnd - e.requestStart);"
                + "performance.clearResourceTimings(); return t;");
    for (Object time : (List<?>) measured) {
      times.add(((Number) time).doubleValue());
    }
    return times;
  }

  private void awaitAnswer(String digit) {
    await(() -> text(ANSWER).startsWith(digit + ","));
  }

  /** Waits until nothing has been asked for a while. */
  private void awaitQuiet() {
    await(() -> "no".equals(browser.run("return document.documentElement.dataset.asking || 'no'")));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> "the page shows " + text(By.tagName("body")));
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void click(String id) {
    browser.driver().findElement(By.id(id)).click();
  }

  private static String text(By what) {
    return browser.driver().findElement(what).getText();
  }
}
