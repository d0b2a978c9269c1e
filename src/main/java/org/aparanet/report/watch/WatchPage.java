package org.aparanet.report.watch;

import java.util.List;
import org.aparanet.report.inspect.Viewer;
import org.aparanet.report.page.PageResource;

/** The page of a training, and the same as one file that needs nothing else. */
public final class WatchPage {
  /** Style sheets of the page, by the names that it has for them. */
  public static final List<String> STYLES = List.of("maps.css", "watch.css");

  /** Scripts of the page, in their order. */
  public static final List<String> SCRIPTS =
      List.of("viewer.js", "charts.js", "layers.js", "watch.js");

  private static final String POLICY =
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
          + " 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\"/>\n";

  private WatchPage() {}

  /**
   * The page as one file.
   *
   * @param state everything that it shows, as {@link Watch#state} gives it
   */
  public static String saved(String state) {
    String page = PageResource.text("watch.html");
    for (String file : STYLES) {
      page = inlined(page, link("stylesheet", file), "style", file);
    }
    for (String file : SCRIPTS) {
      page = inlined(page, "<script src=\"" + file + "\"></script>", "script", file);
    }
    page = page.replace("<title>", POLICY + "<title>");
    String data =
        state.replace("<", "\\u003c"); // in JSON's texts alone, so that none ends a script
    int end = page.indexOf("<script>");
    return page.substring(0, end)
        + "<script type=\"application/json\" id=\"saved\">"
        + data
        + "</script>\n"
        + page.substring(end);
  }

  /** The text of a style sheet or script of the page. */
  public static String file(String name) {
    return switch (name) {
      case "viewer.js" -> Viewer.script();
      case "maps.css" -> Viewer.style();
      default -> PageResource.text(name);
    };
  }

  private static String link(String relation, String file) {
    return "<link rel=\"" + relation + "\" href=\"" + file + "\"/>";
  }

  private static String inlined(String page, String from, String element, String file) {
    String content = file(file);
    if (!page.contains(from) || content.contains("</" + element)) {
      throw new IllegalStateException("the page cannot hold " + file);
    }
    return page.replace(from, "<" + element + ">\n" + content + "</" + element + ">");
  }
}
