package org.aparanet.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
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
    page.image(new byte[] {1}, 1, 1, WILD).chart(chart(), chart(), WILD);

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

  private static XYChart chart() {
    XYChart chart = new XYChartBuilder().width(480).height(340).build();
    chart.addSeries("y", new double[] {1, 2}, new double[] {3, 4});
    return chart;
  }

  /** Letters of 15 pixels in a chart that is 480 wide are 11 high where it is 352 wide. */
  @Test
  void aChartIsNeverNarrowerThanItsLettersAllow() {
    String page = new HtmlPage("title", "").chart(chart(), chart(), "a line").finish();

    assertTrue(page.contains("style=\"min-width:352px\""), page);
  }

  @Test
  void whatNoPageMayHoldIsReplaced() throws Exception {
    HtmlPage page = new HtmlPage("title", "").paragraph("a\u0000b\u001Bc\uD800d\uFFFEe\u0085f\tg");

    Document document = parse(page.finish());

    assertEquals(
        "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\tg",
        document.getElementsByTagName("p").item(0).getTextContent());
  }

  private static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }
}
