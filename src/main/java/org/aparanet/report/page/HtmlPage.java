package org.aparanet.report.page;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A page that needs nothing else, in light and dark, narrow and wide. Its markup is also
 * well-formed XML, so that a parser can check it.
 */
public final class HtmlPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ground: #fff; --ink: #222; --line: #ccc; --soft: #f4f5f6; }
      @media (prefers-color-scheme: dark) {
        :root { --ground: #1b1d20; --ink: #ddd; --line: #44484d; --soft: #25282c; }
      }
      body { background: var(--ground); color: var(--ink); margin: 0 auto; max-width: 60rem;
        padding: 1rem; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
      h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
      h3 { font-size: 1rem; margin-bottom: .3rem; }
      .wide { overflow-x: auto; margin: 1rem 0; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
      caption { text-align: left; padding-bottom: .3rem; }
      th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right;
        white-space: nowrap; }
      th:first-child, td:first-child { text-align: left; }
      tbody th { font-weight: normal; }
      thead th { background: var(--soft); }
      .answer { background: var(--soft); padding: .6rem 1rem; border-radius: .4rem; }
      img { display: block; max-width: 100%; height: auto; margin: 1rem 0; }
      .bad { color: #d33; font-weight: bold; }
      summary { cursor: pointer; }
      """;

  private final StringBuilder page = new StringBuilder();
  private final List<PageScript> scripts;

  /**
   * Starts a page without scripts.
   *
   * @param title what the browser's tab shows
   * @param style style sheet of this page, behind the common one; without {@code <} and {@code &}
   */
  public HtmlPage(String title, String style) {
    this(title, style, List.of());
  }

  /**
   * Starts a page with scripts, which run in their order when all of the page is there. Its content
   * security policy allows these, its style sheet and pictures within it, and nothing else: no
   * other script, and no request.
   *
   * @param title what the browser's tab shows
   * @param style style sheet of this page, behind the common one; without {@code <} and {@code &}
   * @param scripts texts of the scripts
   */
  public HtmlPage(String title, String style, List<String> scripts) {
    this.scripts = scripts.stream().map(PageScript::new).toList();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
        .append(scripts.isEmpty() ? "" : policy(style))
        .append("<link rel=\"icon\" href=\"data:,\"/>\n<title>")
        .append(escaped(title))
        .append("</title>\n<style>")
        .append(sheet(style))
        .append("</style>\n</head>\n<body>\n");
  }

  private static String sheet(String style) {
    return "\n" + STYLE + style;
  }

  private String policy(String style) {
    return "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
        + scripts.stream().map(PageScript::source).collect(Collectors.joining(" "))
        + "; style-src "
        + PageScript.source(sheet(style))
        + "; img-src data:; base-uri 'none'; form-action 'none'\"/>\n";
  }

  /** Writes markup as it is; nothing that comes from outside the program belongs here. */
  public HtmlPage markup(String markup) {
    page.append(markup);
    return this;
  }

  /** Writes text, escaped; it may also stand between the quotes of an attribute. */
  public HtmlPage text(String text) {
    page.append(escaped(text));
    return this;
  }

  /** Writes a heading of level 1 to 6. */
  public HtmlPage heading(int level, String text) {
    return markup("<h" + level + ">").text(text).markup("</h" + level + ">\n");
  }

  /** Writes a paragraph. */
  public HtmlPage paragraph(String text) {
    return paragraph(text, "");
  }

  /** Writes a paragraph of a class of the style sheet; of none if that is empty. */
  public HtmlPage paragraph(String text, String style) {
    return markup(style.isEmpty() ? "<p>" : "<p class=\"" + style + "\">")
        .text(text)
        .markup("</p>\n");
  }

  /** Opens a table that scrolls where it is wider than the page, with one row of column heads. */
  public HtmlPage openTable(String caption, String... columns) {
    openTable(caption);
    for (String column : columns) {
      markup("<th scope=\"col\">").text(column).markup("</th>");
    }
    return markup("</tr></thead><tbody>\n");
  }

  /** Opens a table in the middle of its row of column heads, for heads with markup of their own. */
  public HtmlPage openTable(String caption) {
    return markup("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .text(caption)
        .markup("\"><table><caption>")
        .text(caption)
        .markup("</caption><thead><tr>");
  }

  /** Writes a row of a table; its first cell is the row's head. */
  public HtmlPage row(String... cells) {
    markup("<tr>");
    for (int i = 0; i < cells.length; i++) {
      markup(i == 0 ? "<th scope=\"row\">" : "<td>").text(cells[i]);
      markup(i == 0 ? "</th>" : "</td>");
    }
    return markup("</tr>\n");
  }

  /** Closes a table. */
  public HtmlPage closeTable() {
    return markup("</tbody></table></div>\n");
  }

  /** Writes the same chart for both grounds, as SVG; the browser shows the one that suits. */
  public HtmlPage chart(String onLight, String onDark, String alternative) {
    return markup("<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"")
        .markup(svg(onDark))
        .markup("\"/><img alt=\"")
        .text(alternative)
        .markup("\" src=\"")
        .markup(svg(onLight))
        .markup("\"/></picture>\n");
  }

  /** Writes a PNG image, with its size in pixels. */
  public HtmlPage image(byte[] png, int width, int height, String alternative) {
    return markup("<img alt=\"")
        .text(alternative)
        .markup(String.format(Locale.ROOT, "\" width=\"%d\" height=\"%d\" src=\"", width, height))
        .markup("data:image/png;base64," + Base64.getEncoder().encodeToString(png))
        .markup("\"/>");
  }

  /**
   * Writes data for a script, which finds them by {@code
   * JSON.parse(document.getElementById(id).textContent)}.
   *
   * @param id of the element
   * @param json any JSON
   */
  public HtmlPage data(String id, String json) {
    return markup("<script type=\"application/json\" id=\"")
        .text(id)
        .markup("\">" + escapedJson(json) + "</script>\n");
  }

  /** The whole page; nothing is to be added after that. */
  public String finish() {
    scripts.forEach(script -> page.append(script.element()));
    return page.append("</body>\n</html>\n").toString();
  }

  /** Without what could end the element, and what no page may hold: both stand in texts alone. */
  private static String escapedJson(String json) {
    StringBuilder escaped = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 0x7F && c != '<' && c != '>' && c != '&') {
        escaped.append(c);
      } else {
        escaped.append(String.format("\\u%04x", (int) c));
      }
    }
    return escaped.toString();
  }

  private static String svg(String svg) {
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }

  /** Also without what no page may hold, such as control characters and halves of pairs. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isCharacter(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** Whether a code point may stand in XML 1.0 and is not a C1 control character. */
  private static boolean isCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c < 0x7F
        || c >= 0xA0 && c < 0xD800
        || c >= 0xE000 && c < 0xFFFE
        || c >= 0x10000;
  }
}
