package org.aparanet.report.watch;

import java.util.List;
import org.aparanet.report.page.PageResource;

/** The page of a training, and the same as one file that needs nothing else. */
public final class WatchPage {
  /** Style sheets and scripts of the page, in the page's folder. */
  public static final List<String> FILES =
      List.of(
          "maps.css",
          "watch.css",
          "numbers.js",
          "details.js",
          "explain.js",
          "maps.js",
          "charts.js",
          "layers.js",
          "watch.js");

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
    for (String file : FILES) {
      page = inline(page, file);
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

  private static String inline(String page, String file) {
    boolean script = file.endsWith(".js");
    String link =
        script
            ? "<script src=\"" + file + "\"></script>"
            : "<link rel=\"stylesheet\" href=\"" + file + "\"/>";
    if (!page.contains(link)) {
      throw new IllegalStateException("the page does not use " + file);
    }
    String content = PageResource.text(file);
    String inline =
        script ? "<script>\n" + content + "</script>" : "<style>\n" + content + "</style>";
    return page.replace(link, inline);
  }
}
