package org.aparanet.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.StringReader;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Whatever the texts are, a page is well-formed and holds them as they were. */
class HtmlPageTest {
  private static final String WILD = "</title><script>alert(\"1\" & '2')</script> ]]> é 😀";

  @Test
  void everyTextIsEscaped() throws Exception {
    HtmlPage page = new HtmlPage(WILD, "");
    page.heading(1, WILD).paragraph(WILD).openTable(WILD, WILD).row(WILD, WILD).closeTable();
    page.image(new byte[] {1}, 1, 1, WILD).chart("<svg/>", "<svg/>", WILD);

    Document document = parse(page.finish());

    for (String element : new String[] {"title", "h1", "p", "caption", "td"}) {
      assertEquals(WILD, document.getElementsByTagName(element).item(0).getTextContent(), element);
    }
    assertEquals(2, document.getElementsByTagName("th").getLength());
    for (int i = 0; i < 2; i++) {
      assertEquals(
          WILD, ((Element) document.getElementsByTagName("img").item(i)).getAttribute("alt"));
    }
    assertEquals(0, document.getElementsByTagName("script").getLength());
  }

  @Test
  void whatNoPageMayHoldIsReplaced() throws Exception {
    HtmlPage page = new HtmlPage("title", "").paragraph("a\u0000b\u001Bc\uD800d\uFFFEe\u0085f\tg");

    Document document = parse(page.finish());

    assertEquals(
        "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\tg",
        document.getElementsByTagName("p").item(0).getTextContent());
  }

  @Test
  void scriptsAreAllowedByTheirHashesAndDataCannotEndTheirElement() throws Exception {
    String script = "'use strict';\nif (1 < 2 && true) { document.title = 'x'; }";
    HtmlPage page = new HtmlPage("title", "p { margin: 0; }\n", List.of(script));
    String json = new Gson().toJson(List.of(WILD, "\u2028\uFFFE"));
    String html = page.data("wild", json).finish();

    Document document = parse(html);

    Element data = (Element) document.getElementsByTagName("script").item(0);
    assertEquals("wild", data.getAttribute("id"));
    assertFalse(html.contains("</script><script>alert"));
    assertEquals(
        List.of(WILD, "\u2028\uFFFE"), new Gson().fromJson(data.getTextContent(), List.class));
    assertTrue(
        document.getElementsByTagName("script").item(1).getTextContent().contains(script), html);
    Element policy = (Element) document.getElementsByTagName("meta").item(2);
    assertEquals(
        "default-src 'none'; script-src '"
            + hash(between(html, "<script>", "</script>"))
            + "'; style-src '"
            + hash(between(html, "<style>", "</style>"))
            + "'; img-src data:; base-uri 'none'; form-action 'none'",
        policy.getAttribute("content"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'</script>'", "'<!--'", "a[b[0]]>1"})
  void aScriptThatCouldEndItsElementIsRefused(String script) {
    assertThrows(IllegalArgumentException.class, () -> new HtmlPage("title", "", List.of(script)));
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }

  private static String hash(String text) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes("UTF-8"));
    return "sha256-" + Base64.getEncoder().encodeToString(hash);
  }

  private static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }
}
