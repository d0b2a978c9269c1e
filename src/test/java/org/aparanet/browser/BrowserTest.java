package org.aparanet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the browser notices what tests of pages rely on it to notice. */
@Tag("browser")
final class BrowserTest {
  @TempDir Path folder;

  @Test
  void messagesRequestsSchemesAndBarriersAreNoticed() throws IOException {
    Path page = folder.resolve("page.html");
    Files.writeString(
        page,
        "<!DOCTYPE html><title>x</title><script>console.error('oh')</script>"
            + "<img src='http://127.0.0.1:9/none.png'>");
    try (Browser browser = new Browser()) {
      browser.scheme(true);
      browser.open(page.toUri().toString());

      assertTrue(browser.console().toString().contains("oh"));
      assertEquals(
          List.of(page.toUri().toString(), "http://127.0.0.1:9/none.png"), browser.requests());
      assertEquals(true, browser.run("return matchMedia('(prefers-color-scheme: dark)').matches"));
      browser.resize(400, 700);
      assertEquals(400L, browser.run("return innerWidth"));
      assertTrue(Files.size(browser.screenshot("browser")) > 100);
      AssertionError barriers = assertThrows(AssertionError.class, browser::assertAccessible);
      assertTrue(barriers.getMessage().contains("image-alt"), barriers.getMessage());
    }
  }
}
