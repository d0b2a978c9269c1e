package org.aparanet.report.inspect;

import java.util.List;
import java.util.stream.Collectors;
import org.aparanet.report.page.PageResource;

/** The scripts and the style sheet that show layers and their maps on a page. */
public final class Viewer {
  private static final List<String> SCRIPTS =
      List.of("numbers.js", "explain.js", "details.js", "maps.js");

  private Viewer() {}

  /** {@return all scripts as one, which defines {@code Aparanet.maps(element, layers)}} */
  public static String script() {
    return SCRIPTS.stream().map(PageResource::text).collect(Collectors.joining("\n"));
  }

  /** {@return the style sheet} */
  public static String style() {
    return PageResource.text("maps.css");
  }
}
