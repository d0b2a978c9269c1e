package org.aparanet.serve;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.aparanet.report.page.PageResource;

/** The files of the page, read from the program once and held in memory. */
final class PageFiles {
  private PageFiles() {}

  /** A page of the program. */
  static Route page(String name) {
    return always("text/html; charset=utf-8", PageResource.text(name));
  }

  /** A script. */
  static Route script(String text) {
    return always("text/javascript; charset=utf-8", text);
  }

  /** A style sheet. */
  static Route style(String text) {
    return always("text/css; charset=utf-8", text);
  }

  private static Route always(String type, String text) {
    Answer answer =
        new Answer(
            200, type, text.getBytes(StandardCharsets.UTF_8), Map.of("Cache-Control", "no-cache"));
    return request -> {
      new Query(request.query(), Set.of());
      return answer;
    };
  }
}
