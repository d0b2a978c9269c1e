package org.aparanet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium without a window, for tests of pages. A machine without one fails these tests: they are
 * in the group {@code browser}, which is run only where it is asked for.
 */
public final class Browser implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** Where tests leave pictures of pages, to be looked at. */
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private static final String AXE = resource("/axe.min.js");

  private final ChromeDriver driver;

  /** Opens an empty page in the light colour scheme, 1,280 x 900 pixels. */
  public Browser() {
    for (Path needed : List.of(PROGRAM, DRIVER)) {
      if (!Files.isExecutable(needed)) {
        throw new IllegalStateException(
            needed + " is missing; Debian's packages chromium and chromium-driver have it");
      }
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(PROGRAM.toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build(),
            options);
    resize(1280, 900);
  }

  /** The driver itself, to find and use what is on the page. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Opens a page: a file's {@code file:} address, or one on loopback. */
  public void open(String address) {
    driver.get(address);
  }

  /** Sets the window's size in pixels. */
  public void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    // the window's own size has a least width; the page's has none
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Chooses the colour scheme that the page is told that its reader prefers. */
  public void scheme(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** The result of a script of the page: what it returns. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /**
   * Waits until a script of the page returns true.
   *
   * @param script such as {@code return document.readyState === 'complete'}
   * @throws AssertionError if it has not after a minute
   */
  public void await(String script) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!Boolean.TRUE.equals(run(script))) {
      if (System.nanoTime() >= end) {
        throw new AssertionError(
            "never true: " + script + "; " + console() + run("return document.body.innerText"));
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting for: " + script, e);
      }
    }
  }

  /** Keeps a picture of the whole page as {@code target/screenshots/NAME.png}. */
  public Path screenshot(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      long height = (Long) run("return Math.ceil(document.documentElement.scrollHeight)");
      Object png =
          driver
              .executeCdpCommand(
                  "Page.captureScreenshot",
                  Map.of(
                      "captureBeyondViewport",
                      true,
                      "clip",
                      Map.of(
                          "x",
                          0,
                          "y",
                          0,
                          "width",
                          run("return innerWidth"),
                          "height",
                          height,
                          "scale",
                          1)))
              .get("data");
      return Files.write(
          SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode((String) png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Messages of the page's console since the last call. */
  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Addresses that were asked for since the last call, without {@code data:} and {@code blob:}. */
  public List<String> requests() {
    List<String> requests = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonObject message =
          JsonParser.parseString(entry.getMessage()).getAsJsonObject().getAsJsonObject("message");
      if (message.get("method").getAsString().equals("Network.requestWillBeSent")) {
        String url =
            message.getAsJsonObject("params").getAsJsonObject("request").get("url").getAsString();
        if (!url.startsWith("data:") && !url.startsWith("blob:")) {
          requests.add(url);
        }
      }
    }
    return requests;
  }

  /** Fails if the page breaks a rule of WCAG 2.1, level A or AA, that axe knows. */
  public void assertAccessible() {
    JavascriptExecutor scripts = driver;
    scripts.executeScript(AXE);
    Object violations =
        scripts.executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
                + ".then(result => done(result.violations.map(v => v.id + ': ' + v.help + ' '"
                + " + v.nodes.slice(0, 3).map(n => n.html).join(' | '))))"
                + ".catch(e => done(['axe failed: ' + e]));");
    assertEquals(List.of(), violations);
  }

  private static String resource(String name) {
    try (InputStream in = Browser.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
