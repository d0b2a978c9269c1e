package org.aparanet.report.page;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page as a reader sees it: the texts of its elements and the rows of its tables. */
public final class PageText {
  private static final Pattern SHADE =
      Pattern.compile("background: rgba\\((\\d+), (\\d+), (\\d+), (.*)\\)");

  private final Document page;

  /**
   * @throws AssertionError if the page is not well-formed
   */
  public PageText(String page) {
    try {
      this.page =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(page)));
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  /** The texts of all elements of a name, in order. */
  public List<String> texts(String element) {
    return elements(page.getDocumentElement(), element).stream()
        .map(Element::getTextContent)
        .toList();
  }

  /** An attribute of all elements of a name, in order. */
  public List<String> attributes(String element, String attribute) {
    return elements(page.getDocumentElement(), element).stream()
        .map(e -> e.getAttribute(attribute))
        .toList();
  }

  /** The rows of the n-th table, from 0, without its heads. */
  public List<List<String>> rows(int table) {
    return cells(table).stream()
        .map(row -> row.stream().map(Element::getTextContent).toList())
        .toList();
  }

  /** As {@link #rows}; behind the text of a shaded cell stands its colour and how strong it is. */
  public List<List<String>> shadedRows(int table) {
    return cells(table).stream()
        .map(row -> row.stream().map(cell -> cell.getTextContent() + shade(cell)).toList())
        .toList();
  }

  private List<List<Element>> cells(int table) {
    Element body =
        elements(elements(page.getDocumentElement(), "table").get(table), "tbody").get(0);
    List<List<Element>> rows = new ArrayList<>();
    for (Element row : elements(body, "tr")) {
      List<Element> cells = new ArrayList<>(elements(row, "th"));
      cells.addAll(elements(row, "td"));
      rows.add(cells);
    }
    return rows;
  }

  private static String shade(Element cell) {
    Matcher shade = SHADE.matcher(cell.getAttribute("style"));
    if (!shade.matches()) {
      return "";
    }
    int red = Integer.parseInt(shade.group(1));
    int blue = Integer.parseInt(shade.group(3));
    return (red > blue ? " red " : " blue ") + shade.group(4);
  }

  private static List<Element> elements(Element within, String name) {
    NodeList nodes = within.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
