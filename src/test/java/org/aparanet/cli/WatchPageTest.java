package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aparanet.browser.Browser;
import org.aparanet.model.ModelFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The page of a training in a browser, from the first steps to the end of the program. */
@Tag("browser")
@Timeout(300)
final class WatchPageTest {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+/");

  /** Rows of the latest values below a chart. */
  private static final String LATEST =
      "return document.querySelector('#%s .chart-latest').textContent";

  private static final String STEP =
      "return Number(document.getElementById('phase').textContent"
          + ".match(/step ([0-9,]+)/)[1].replaceAll(',', ''))";

  @TempDir Path folder;

  @Test
  void showsPausesKeepsAndStopsATraining() throws Exception {
    Path model = folder.resolve("model.safetensors");
    try (RunningCommand run =
            new RunningCommand(
                folder,
                Map.of(),
                "train",
                "--network",
                "lenet",
                "--epochs",
                "1000",
                "--device",
                "cpu",
                "--watch",
                "0",
                "--output",
                model.toString());
        Browser browser = new Browser()) {
      run.await("watch the training at ");
      String address = address(run);
      browser.open(address);

      curvesGrow(browser);
      layersAreTold(browser);
      browser.driver().findElement(By.id("pause")).click();
      browser.await("return document.getElementById('pause').textContent === 'Resume'");
      long paused = pausedStep(browser);
      aChosenImageAppears(browser);
      browser.assertAccessible();
      pictures(browser, "paused");
      int points = points(browser);
      browser.driver().navigate().refresh();
      browser.await("return document.getElementById('notice').textContent === 'Paused.'");
      browser.await("return document.querySelectorAll('.maps-layer').length > 10");
      assertEquals(paused, number(browser.run(STEP)), "a reload loses nothing");
      assertTrue(points(browser) >= points / 2, "nor of the curves");
      assertEquals("7", browser.run("return document.getElementById('image').value"));

      browser.driver().findElement(By.id("pause")).click();
      browser.await(STEP + " > " + paused);
      browser.driver().findElement(By.id("stop")).click();
      browser.await("return document.getElementById('phase').textContent.startsWith('Ended')");
      run.await("the page stays at " + address);
      assertEquals(61_706, ModelFile.load(model).network().parameterCount());
      pictures(browser, "ended");
      List<String> requests = browser.requests();
      assertTrue(requests.stream().allMatch(r -> r.startsWith(address)), requests::toString);

      savedPageNeedsNothing(browser, address);
      browser.open(address);
      browser.await("return !document.getElementById('end').hidden");
      browser.driver().findElement(By.id("end")).click();
      browser.await("return document.getElementById('notice').textContent.includes('has ended')");
      assertEquals(List.of(), browser.console());
      assertEquals(0, run.status());
    }
  }

  private static void curvesGrow(Browser browser) throws InterruptedException {
    browser.await("return !!document.querySelector('#loss .chart-line')");
    browser.await("return /step [0-9]/.test(document.getElementById('phase').textContent)");
    long step = number(browser.run(STEP));
    Object loss = browser.run(LATEST.formatted("loss"));
    browser.await(STEP + " > " + (step + 20));
    assertNotEquals(loss, browser.run(LATEST.formatted("loss")));
    assertTrue(points(browser) > 1);
    for (String chart : List.of("accuracy", "learningRate", "imagesPerSecond", "secondsLeft")) {
      assertNotEquals("", browser.run(LATEST.formatted(chart)), chart);
    }
  }

  private static void layersAreTold(Browser browser) throws InterruptedException {
    browser.await("return document.getElementById('layers-text').textContent.includes('norm of')");
    browser.await("return document.querySelectorAll('#times tbody tr').length > 5");
    assertEquals(11L, browser.run("return document.querySelectorAll('#layers tbody tr').length"));
    assertEquals(6L, browser.run("return document.querySelectorAll('#filters figure').length"));
    String times = (String) browser.run("return document.getElementById('times-text').textContent");
    assertTrue(times.startsWith("cpu (Java engine)"), times);
  }

  /** The step at which the run waits, having looked a while later again. */
  private static long pausedStep(Browser browser) throws InterruptedException {
    Thread.sleep(1500); // a step takes milliseconds
    long step = number(browser.run(STEP));
    Thread.sleep(1500);
    assertEquals(step, number(browser.run(STEP)));
    return step;
  }

  private static void aChosenImageAppears(Browser browser) throws InterruptedException {
    browser.run("document.getElementById('image').value = 7");
    browser.driver().findElement(By.cssSelector("#image-form button[type=submit]")).click();
    browser.await(
        "return document.getElementById('maps-text').textContent.startsWith('Test image 7,')");
    assertTrue(
        (Boolean)
            browser.run(
                "return document.querySelector('.maps-classes caption').textContent"
                    + ".endsWith('labelled 9')"),
        "test image 7 of MNIST is a nine");
  }

  private void savedPageNeedsNothing(Browser browser, String address) throws Exception {
    String page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + "saved.html")).build(),
                BodyHandlers.ofString())
            .body();
    Path file = Files.writeString(folder.resolve("saved page.html"), page);
    assertEquals(List.of(), browser.console());
    browser.requests();
    browser.open(file.toUri().toString());
    browser.await("return document.querySelectorAll('.maps-layer').length > 10");
    assertEquals(List.of(file.toUri().toString()), browser.requests());
    assertTrue(points(browser) > 1);
    assertFalse(browser.driver().findElement(By.id("pause")).isDisplayed());
    browser.assertAccessible();
    browser.screenshot("watch-saved");
    assertEquals(List.of(), browser.console());
  }

  private static void pictures(Browser browser, String name) {
    for (int width : new int[] {400, 1280}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.resize(width, 2600);
        browser.scheme(dark);
        assertEquals(
            true,
            browser.run("return document.documentElement.scrollWidth <= innerWidth"),
            "no scrolling sideways at " + width);
        browser.run("window.scrollTo(0, 0)");
        browser.screenshot("watch-" + name + "-" + width + (dark ? "-dark" : "-light"));
      }
    }
    browser.assertAccessible(); // in the dark
    browser.scheme(false);
    browser.resize(1280, 900);
  }

  private static int points(Browser browser) {
    String line =
        (String)
            browser.run(
                "return document.querySelector('#loss .chart-picture .chart-line').getAttribute('d')");
    return line.split("L").length;
  }

  private static long number(Object found) {
    return ((Number) found).longValue();
  }

  private static String address(RunningCommand run) throws IOException {
    Matcher matcher = ADDRESS.matcher(run.output());
    assertTrue(matcher.find(), run.output());
    return matcher.group();
  }
}
